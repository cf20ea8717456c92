package dev.cacheness.sql;

import dev.cacheness.sql.range.Step;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link GapDetector} may see of its cache.
 *
 * @param <T> the type of a row
 */
public interface SqlCacheView<T> {

    /** The time increment that the cache was told, or a day for a column of days. */
    Optional<Step> timeIncrement();

    /** The increment of ids that the cache was told. */
    Optional<Step> orderedIncrement();

    /** See {@link SqlCache#detectGranularity(List)}. */
    Optional<Step> detectGranularity(List<T> rows);

    /** See {@link SqlCache#detectOrderedGranularity(List)}. */
    Optional<Step> detectOrderedGranularity(List<T> rows);

    /** All of what the query asks for, as a range to fetch: aligned, and not beyond now. */
    FetchRange toFetchRange(GapQuery query);

    /** What would be fetched without a detector. */
    List<FetchRange> defaultGaps();
}
