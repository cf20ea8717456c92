package dev.cacheness.internal.handler;

import org.apache.fory.Fory;
import org.apache.fory.ThreadSafeFory;
import org.apache.fory.logging.LogLevel;
import org.apache.fory.logging.LoggerFactory;
import org.jspecify.annotations.Nullable;

/** Makes the serializer when it is first needed, for it takes a while. Thread-safe. */
final class ForyHolder {

    private static final int MAX_DEPTH = 1_000;

    static {
        LoggerFactory.useSlf4jLogging(true);
        if (LoggerFactory.getLogLevel() == LogLevel.DEFAULT_LEVEL) {
            // It warns of every class it meets; what matters to us it throws.
            LoggerFactory.setLogLevel(LogLevel.ERROR_LEVEL);
        }
    }

    private final ClassLoader classLoader;

    private final TypePolicy policy;

    private volatile @Nullable ThreadSafeFory fory;

    ForyHolder(ClassLoader classLoader, TypePolicy policy) {
        this.classLoader = classLoader;
        this.policy = policy;
    }

    TypePolicy policy() {
        return policy;
    }

    ThreadSafeFory fory() {
        ThreadSafeFory made = fory;
        return made != null ? made : make();
    }

    private synchronized ThreadSafeFory make() {
        ThreadSafeFory made = fory;
        if (made == null) {
            made = Fory.builder()
                    .withXlang(false)
                    .withRefTracking(true)
                    // Without it a class that has changed is read as garbage.
                    .withCompatible(true)
                    .requireClassRegistration(false)
                    .suppressClassRegistrationWarnings(true)
                    .withTypeChecker((resolver, name) -> policy.allows(name))
                    // By default it writes positions, and a constant put in front changes what was stored.
                    .serializeEnumByName(true)
                    .withDeserializeUnknownClass(false)
                    .withAsyncCompilation(true)
                    .withMaxDepth(MAX_DEPTH)
                    .withMaxGraphMemoryBytes(Runtime.getRuntime().maxMemory() / 2)
                    .withClassLoader(classLoader)
                    .buildThreadSafeFory();
            fory = made;
        }
        return made;
    }
}
