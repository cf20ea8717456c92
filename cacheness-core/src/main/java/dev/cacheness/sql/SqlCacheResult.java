package dev.cacheness.sql;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows, and how they came about.
 *
 * @param <T> the type of a row
 * @param rows the rows, in the order of their key
 * @param status how much was there already
 * @param fetched what the source was asked for and answered
 * @param missing what the answer lacks: empty unless {@link OnError#PARTIAL} or a gap detector let it be
 * @param oldestFetch when the oldest data in the answer was fetched, null if nothing is covered
 * @param provisionalFrom the first value that may still change, null if there is none
 */
public record SqlCacheResult<T>(
        List<T> rows,
        Status status,
        List<PartitionRange> fetched,
        List<PartitionRange> missing,
        @Nullable Instant oldestFetch,
        @Nullable Object provisionalFrom) {

    /** How much of an answer was there already. */
    public enum Status {
        /** All of it. */
        HIT,
        /** Some of it; the rest was fetched. */
        PARTIAL,
        /** Nothing; all was fetched. */
        MISS,
        /** The source failed, and rows that have expired stand in. */
        STALE,
        /** Something is missing. */
        INCOMPLETE
    }

    public SqlCacheResult {
        rows = List.copyOf(rows);
        fetched = List.copyOf(fetched);
        missing = List.copyOf(missing);
    }
}
