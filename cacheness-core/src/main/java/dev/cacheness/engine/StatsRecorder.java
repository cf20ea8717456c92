package dev.cacheness.engine;

import dev.cacheness.CacheStats;
import dev.cacheness.MissReason;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.Totals;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what happens, by namespace. Thread-safe. */
final class StatsRecorder {

    /** Namespaces beyond this number are counted together, so that a careless choice of names does not fill the heap. */
    private static final int MAX_NAMESPACES = 1_000;

    private static final String OTHERS = "\u0000others";

    private final Map<String, Counters> namespaces = new ConcurrentHashMap<>();

    /** @param loadTime how long the load of the value took that was found, null if it was put or nobody knows */
    void hit(String namespace, @Nullable Duration loadTime) {
        Counters counters = of(namespace);
        counters.hits.increment();
        if (loadTime != null) {
            counters.savedNanos.add(loadTime.toNanos());
        }
    }

    void stale(String namespace) {
        of(namespace).staleHits.increment();
    }

    void miss(String namespace, MissReason reason) {
        of(namespace).misses[reason.ordinal()].increment();
    }

    void put(String namespace) {
        of(namespace).puts.increment();
    }

    void load(String namespace, long nanos) {
        Counters counters = of(namespace);
        counters.loads.increment();
        counters.loadNanos.add(nanos);
    }

    void loadFailure(String namespace, long nanos) {
        Counters counters = of(namespace);
        counters.loadFailures.increment();
        counters.loadNanos.add(nanos);
    }

    void storeFailure(String namespace) {
        of(namespace).storeFailures.increment();
    }

    void evicted(Collection<EntryRef> entries) {
        entries.forEach(entry -> of(entry.namespace()).evictions.increment());
    }

    void expired(Collection<EntryRef> entries) {
        entries.forEach(entry -> of(entry.namespace()).expirations.increment());
    }

    CacheStats all(Totals totals, String metadataBackend, String blobBackend) {
        return snapshot(namespaces.values(), totals, metadataBackend, blobBackend);
    }

    CacheStats one(String namespace, Totals totals, String metadataBackend, String blobBackend) {
        Counters counters = namespaces.get(namespace);
        return snapshot(counters == null ? List.of() : List.of(counters), totals, metadataBackend, blobBackend);
    }

    private Counters of(String namespace) {
        Counters counters = namespaces.get(namespace);
        if (counters != null) {
            return counters;
        }
        String name = namespaces.size() < MAX_NAMESPACES ? namespace : OTHERS;
        return namespaces.computeIfAbsent(name, key -> new Counters());
    }

    private static CacheStats snapshot(
            Collection<Counters> counters, Totals totals, String metadataBackend, String blobBackend) {
        Counters sum = new Counters();
        counters.forEach(sum::add);
        Map<MissReason, Long> misses = new EnumMap<>(MissReason.class);
        for (MissReason reason : MissReason.values()) {
            misses.put(reason, sum.misses[reason.ordinal()].sum());
        }
        return new CacheStats(
                totals.entries(),
                totals.sizeBytes(),
                sum.hits.sum(),
                Collections.unmodifiableMap(misses),
                sum.puts.sum(),
                sum.loads.sum(),
                sum.loadFailures.sum(),
                Duration.ofNanos(sum.loadNanos.sum()),
                Duration.ofNanos(sum.savedNanos.sum()),
                sum.evictions.sum(),
                sum.expirations.sum(),
                sum.storeFailures.sum(),
                sum.staleHits.sum(),
                totals.oldest(),
                totals.newest(),
                metadataBackend,
                blobBackend);
    }

    private static final class Counters {

        private final LongAdder hits = new LongAdder();

        /** By the ordinal of the reason. */
        private final LongAdder[] misses = new LongAdder[MissReason.values().length];

        private final LongAdder puts = new LongAdder();

        private final LongAdder loads = new LongAdder();

        private final LongAdder loadFailures = new LongAdder();

        private final LongAdder loadNanos = new LongAdder();

        private final LongAdder savedNanos = new LongAdder();

        private final LongAdder evictions = new LongAdder();

        private final LongAdder expirations = new LongAdder();

        private final LongAdder storeFailures = new LongAdder();

        private final LongAdder staleHits = new LongAdder();

        Counters() {
            Arrays.setAll(misses, ordinal -> new LongAdder());
        }

        void add(Counters other) {
            hits.add(other.hits.sum());
            for (int i = 0; i < misses.length; i++) {
                misses[i].add(other.misses[i].sum());
            }
            puts.add(other.puts.sum());
            loads.add(other.loads.sum());
            loadFailures.add(other.loadFailures.sum());
            loadNanos.add(other.loadNanos.sum());
            savedNanos.add(other.savedNanos.sum());
            evictions.add(other.evictions.sum());
            expirations.add(other.expirations.sum());
            storeFailures.add(other.storeFailures.sum());
            staleHits.add(other.staleHits.sum());
        }
    }
}
