package dev.cacheness.internal.handler;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.fory.Fory;
import org.apache.fory.ThreadSafeFory;
import org.apache.fory.config.ForyBuilder;
import org.apache.fory.logging.LogLevel;
import org.apache.fory.logging.LoggerFactory;
import org.apache.fory.serializer.UnknownClass;
import org.jspecify.annotations.Nullable;

/** Makes the serializer when it is first needed, for it takes a while. Thread-safe. */
final class ForyHolder {

    private static final int MAX_DEPTH = 1_000;

    /** What the serializer makes in place of objects whose classes it does not know, and arrays of it. */
    private static final Pattern UNKNOWN = Pattern.compile("(\\[+L)?" + Pattern.quote(UnknownClass.class.getName()));

    static {
        LoggerFactory.useSlf4jLogging(true);
        if (LoggerFactory.getLogLevel() == LogLevel.DEFAULT_LEVEL) {
            // It warns of every class it meets; what matters to us it throws.
            LoggerFactory.setLogLevel(LogLevel.ERROR_LEVEL);
        }
    }

    private final ClassLoader classLoader;

    private final TypePolicy policy;

    private final ClassLoader dataLoader;

    private volatile @Nullable ThreadSafeFory fory;

    private @Nullable ThreadSafeFory fieldReader;

    ForyHolder(ClassLoader classLoader, TypePolicy policy) {
        this.classLoader = classLoader;
        this.dataLoader = new DataLoader(classLoader);
        this.policy = policy;
    }

    /** A serializer of its own, because one remembers the classes that it was once allowed. */
    ForyHolder trusting(List<String> packages) {
        return new ForyHolder(classLoader, policy.trusting(packages));
    }

    TypePolicy policy() {
        return policy;
    }

    ThreadSafeFory fory() {
        ThreadSafeFory made = fory;
        return made != null ? made : make();
    }

    /** Reads objects of the application as their fields. */
    synchronized ThreadSafeFory fieldReader() {
        ThreadSafeFory made = fieldReader;
        if (made == null) {
            made = builder(dataLoader, name -> UNKNOWN.matcher(name).lookingAt() || policy.allows(name))
                    .withDeserializeUnknownClass(true)
                    .withCodegen(false)
                    .buildThreadSafeFory();
            made.registerSerializer(UnknownClass.UnknownEnum.class, resolver -> new EnumNames(resolver.getConfig()));
            fieldReader = made;
        }
        return made;
    }

    ClassLoader dataLoader() {
        return dataLoader;
    }

    private synchronized ThreadSafeFory make() {
        ThreadSafeFory made = fory;
        if (made == null) {
            made = builder(classLoader, policy::allows)
                    .withDeserializeUnknownClass(false)
                    .withAsyncCompilation(true)
                    .buildThreadSafeFory();
            guard(made);
            fory = made;
        }
        return made;
    }

    private static void guard(ThreadSafeFory fory) {
        fory.registerSerializer(
                HashSet.class, resolver -> new GuardedSetSerializer<>(resolver, HashSet.class, HashSet::new));
        fory.registerSerializer(
                LinkedHashSet.class,
                resolver -> new GuardedSetSerializer<>(resolver, LinkedHashSet.class, LinkedHashSet::new));
        fory.registerSerializer(
                HashMap.class, resolver -> new GuardedMapSerializer<>(resolver, HashMap.class, HashMap::new));
        fory.registerSerializer(
                LinkedHashMap.class,
                resolver -> new GuardedMapSerializer<>(resolver, LinkedHashMap.class, LinkedHashMap::new));
        for (Set<?> set : List.of(Set.of(1), Set.of(1, 2, 3))) {
            Class<?> type = set.getClass();
            fory.registerSerializer(type, resolver -> new GuardedImmutableSetSerializer(resolver, type));
        }
        for (Map<?, ?> map : List.of(Map.of(1, 1), Map.of(1, 1, 2, 2))) {
            Class<?> type = map.getClass();
            fory.registerSerializer(type, resolver -> new GuardedImmutableMapSerializer(resolver, type));
        }
    }

    private static ForyBuilder builder(ClassLoader loader, Predicate<String> allowed) {
        return Fory.builder()
                .withXlang(false)
                .withRefTracking(true)
                // Without it a class that has changed is read as garbage.
                .withCompatible(true)
                .requireClassRegistration(false)
                .suppressClassRegistrationWarnings(true)
                .withTypeChecker((resolver, name) -> allowed.test(name))
                // By default it writes positions, and a constant put in front changes what was stored.
                .serializeEnumByName(true)
                .withMaxDepth(MAX_DEPTH)
                .withMaxGraphMemoryBytes(Runtime.getRuntime().maxMemory() / 2)
                .withClassLoader(loader);
    }
}
