package dev.cacheness.fault;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Makes a real backend fail when it is told to. */
public final class Faults {

    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    private final Supplier<? extends Exception> failure;

    public Faults(Supplier<? extends Exception> failure) {
        this.failure = failure;
    }

    /** From now on these methods fail, instead of those named before. */
    public void failOn(String... methods) {
        failing.clear();
        failing.addAll(Set.of(methods));
    }

    /** The backend, failing where it should. */
    public <T> T wrap(Class<T> type, T backend) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (failing.contains(method.getName())) {
                        throw failure.get();
                    }
                    try {
                        return method.invoke(backend, arguments);
                    } catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                }));
    }
}
