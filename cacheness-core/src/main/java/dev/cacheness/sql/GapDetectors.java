package dev.cacheness.sql;

import java.util.List;

/** Ready-made gap detectors. */
public final class GapDetectors {

    private GapDetectors() {}

    /** What the ledger does not have fresh: what happens without a detector. */
    public static <T> GapDetector<T> coverage() {
        return (query, cached, cache) -> cache.defaultGaps();
    }

    /** All of the range, every time. */
    public static <T> GapDetector<T> always() {
        return (query, cached, cache) -> List.of(cache.toFetchRange(query));
    }

    /** All of the range if the table has no row of it, nothing otherwise. */
    public static <T> GapDetector<T> ifEmpty() {
        return (query, cached, cache) -> cached.isEmpty() ? List.of(cache.toFetchRange(query)) : List.of();
    }
}
