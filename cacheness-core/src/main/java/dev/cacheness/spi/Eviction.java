package dev.cacheness.spi;

import dev.cacheness.EntryMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** Which entries make room for others. */
public enum Eviction {

    /** Those that were not read for the longest time. */
    LRU,

    /** Those that were read least often, and of these those that were not read for the longest time. */
    LFU,

    /**
     * Those that save the least time for the room that they take: load time multiplied by reads for each second since they were put, divided by size. Entries
     * without a load time count as quick to load. This is Hyperbolic Caching (Blankstein, Sen and Freedman, USENIX ATC 2017) with load time as the cost.
     */
    COST;

    /** Who goes first comes first. */
    public Comparator<EntryMetadata> order(Instant now) {
        Comparator<EntryMetadata> leastRecent =
                Comparator.comparing(EntryMetadata::accessedAt).thenComparing(EntryMetadata::digest);
        return switch (this) {
            case LRU -> leastRecent;
            case LFU -> Comparator.comparingLong(EntryMetadata::hits).thenComparing(leastRecent);
            case COST ->
                Comparator.<EntryMetadata>comparingDouble(entry -> worth(entry, now))
                        .thenComparing(EntryMetadata::digest);
        };
    }

    private static double worth(EntryMetadata entry, Instant now) {
        Duration loadTime = entry.loadTime();
        double nanos = loadTime == null ? 1 : Math.max(1, loadTime.toNanos());
        double millis = Math.max(0, Duration.between(entry.createdAt(), now).toMillis()) + 1_000.0;
        return (entry.hits() + 1.0) * nanos / ((entry.sizeBytes() + 1.0) * millis);
    }
}
