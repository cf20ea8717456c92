package dev.cacheness.boot.annotation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the failures that callers are spared, and logs each kind of them once. Thread-safe. */
final class CallFailures {

    private static final Logger log = LoggerFactory.getLogger(CachedCalls.class);

    private static final int MAX_KINDS = 1_000;

    private final LongAdder count = new LongAdder();

    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    long count() {
        return count.sum();
    }

    /**
     * Takes note of a failure.
     *
     * @param cacheName the cache
     * @param consequence what it means for the caller, such as "the method was called"
     */
    void record(String cacheName, String consequence, Throwable failure) {
        count.increment();
        String kind = cacheName + ' ' + consequence + ' ' + failure.getClass().getName();
        if (logged.size() < MAX_KINDS && logged.add(kind)) {
            log.warn(
                    "Cache '{}' failed, so {}: {} Further failures of this kind are only counted.",
                    cacheName,
                    consequence,
                    sentence(failure));
        } else {
            log.debug("Cache '{}' failed, so {}", cacheName, consequence, failure);
        }
    }

    private static String sentence(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return message.endsWith(".") ? message : message + ".";
    }
}
