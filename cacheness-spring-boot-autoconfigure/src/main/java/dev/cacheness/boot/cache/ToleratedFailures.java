package dev.cacheness.boot.cache;

import dev.cacheness.CacheClosedException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the failures of one cache that its callers are spared, and logs each kind of them once. */
final class ToleratedFailures {

    private static final Logger log = LoggerFactory.getLogger(CachenessCache.class);

    private static final int MAX_KINDS = 100;

    private final String cacheName;

    private final LongAdder count = new LongAdder();

    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    ToleratedFailures(String cacheName) {
        this.cacheName = cacheName;
    }

    long count() {
        return count.sum();
    }

    void reading(RuntimeException failure) {
        record("read", "counts as a miss", null, failure);
    }

    void writing(Object value, RuntimeException failure) {
        record("write", "is not kept", value.getClass(), failure);
    }

    private void record(String operation, String consequence, @Nullable Class<?> valueType, RuntimeException failure) {
        count.increment();
        String kind = operation
                + ' '
                + failure.getClass().getName()
                + (valueType == null || failure instanceof CacheClosedException ? "" : ' ' + valueType.getName());
        if (logged.size() < MAX_KINDS && logged.add(kind)) {
            log.warn(
                    "Cache '{}': a value{} {}: {} Further failures of this kind are only counted.",
                    cacheName,
                    valueType == null ? "" : " of " + valueType.getName(),
                    consequence,
                    sentence(failure));
        } else {
            log.debug("Cache '{}': a value {}", cacheName, consequence, failure);
        }
    }

    private static String sentence(RuntimeException failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return message.endsWith(".") ? message : message + ".";
    }
}
