package dev.cacheness.internal.handler;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.spi.HandlerSettings;
import java.util.List;
import java.util.stream.Stream;

/** Which classes may be stored, and made again from what is stored: those of trusted packages and harmless ones of the JDK. */
final class TypePolicy {

    private static final String PROPERTY = "cacheness.handlers.trusted-packages";

    private final ClassLoader classLoader;

    private final List<String> trustedPackages;

    TypePolicy(HandlerSettings settings) {
        this(settings.classLoader(), settings.trustedPackages());
    }

    private TypePolicy(ClassLoader classLoader, List<String> trustedPackages) {
        this.classLoader = classLoader;
        this.trustedPackages = trustedPackages;
    }

    /** This policy, with more packages. */
    TypePolicy trusting(List<String> packages) {
        return new TypePolicy(
                classLoader,
                Stream.concat(trustedPackages.stream(), packages.stream()).toList());
    }

    /** Whether a class of that name, which need not be there, may be stored and made again. */
    boolean allows(String className) {
        String name = elementName(className);
        return JdkTypes.allows(name) || (isTrusted(name) && RunningParts.reasonFor(name, classLoader) == null);
    }

    /** @throws CacheSerializationException if values of the class may not be stored; says why and what to do */
    void checkWritable(Class<?> type) {
        if (!allows(type.getName())) {
            throw new CacheSerializationException(refusal(type.getName(), type.getName()));
        }
    }

    /** Why a class may not be stored, and what to do. */
    String refusal(String className, String rootName) {
        String name = elementName(className);
        String what = "A value of " + rootName + " cannot be stored"
                + (className.equals(rootName) ? ": " : ": it holds a " + name + ", and ");
        String part = RunningParts.reasonFor(name, classLoader);
        if (part != null) {
            return what + part;
        }
        if (allows(name)) {
            return what + name + " has no form that can be stored; use a record in its place";
        }
        if (JdkTypes.isJdk(name)) {
            return what + name + " is not one of the JDK's types that can be stored; use a plain value in its place";
        }
        return what + "the package of " + name + " is not trusted; if its classes are meant to be cached, add '"
                + packageOf(name) + "' to " + PROPERTY;
    }

    private boolean isTrusted(String name) {
        for (String trusted : trustedPackages) {
            if (name.startsWith(trusted)
                    && (name.length() == trusted.length() || ".$".indexOf(name.charAt(trusted.length())) >= 0)) {
                return true;
            }
        }
        return false;
    }

    private static String packageOf(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** Arrays come as {@code [[I}, {@code [Lname;} or {@code name[]}. */
    private static String elementName(String className) {
        String name = className;
        while (name.endsWith("[]")) {
            name = name.substring(0, name.length() - 2);
        }
        int dimensions = 0;
        while (dimensions < name.length() && name.charAt(dimensions) == '[') {
            dimensions++;
        }
        if (dimensions == 0) {
            return name;
        }
        String element = name.substring(dimensions);
        return element.startsWith("L") && element.endsWith(";") ? element.substring(1, element.length() - 1) : element;
    }
}
