package dev.cacheness.boot.annotation;

import dev.cacheness.CacheException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A method cannot be cached as its annotation says, so the application does not start. */
public class CachedMethodException extends CacheException {

    private static final long serialVersionUID = 1L;

    private final String method;

    private final String problem;

    private final String action;

    /**
     * @param problem what is wrong, a whole sentence
     * @param action what to do, a whole sentence
     */
    public CachedMethodException(Method method, String problem, String action, @Nullable Throwable cause) {
        super(describe(method) + ": " + problem + " " + action, cause);
        this.method = describe(method);
        this.problem = problem;
        this.action = action;
    }

    /** The class, the name and the types of the parameters of the method. */
    public String method() {
        return method;
    }

    /** What is wrong, a whole sentence. */
    public String problem() {
        return problem;
    }

    /** What to do, a whole sentence. */
    public String action() {
        return action;
    }

    static String describe(Method method) {
        return method.getDeclaringClass().getName() + "." + signature(method);
    }

    /** The name and the types of the parameters. */
    static String signature(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getTypeName)
                .collect(Collectors.joining(",", method.getName() + "(", ")"));
    }
}
