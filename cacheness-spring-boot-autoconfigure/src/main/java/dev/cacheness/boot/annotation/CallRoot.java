package dev.cacheness.boot.annotation;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** What {@code #root} is in expressions. Public for Spring's expression language, which calls it. */
public final class CallRoot {

    private final Object target;

    private final Method method;

    private final @Nullable Object[] args;

    CallRoot(Object target, Method method, @Nullable Object[] args) {
        this.target = target;
        this.method = method;
        this.args = args;
    }

    /** The object whose method is called. */
    public Object getTarget() {
        return target;
    }

    /** The class of that object. */
    public Class<?> getTargetClass() {
        return target.getClass();
    }

    /** The method. */
    public Method getMethod() {
        return method;
    }

    /** The name of the method. */
    public String getMethodName() {
        return method.getName();
    }

    /** The arguments. */
    public @Nullable Object[] getArgs() {
        return args.clone();
    }
}
