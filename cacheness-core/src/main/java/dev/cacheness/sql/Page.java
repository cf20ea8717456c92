package dev.cacheness.sql;

import dev.cacheness.sql.range.Interval;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One answer of the source, checked.
 *
 * @param covered what it is complete for, null if for nothing
 * @param rows the rows of each partition asked for, sorted by key and without duplicates
 * @param next where the next page begins, null if this is the last
 * @param facts what else the source said
 */
record Page(
        @Nullable Interval covered,
        Map<Partition, List<StoredRow>> rows,
        @Nullable Long next,
        FetchResult.Facts facts) {}
