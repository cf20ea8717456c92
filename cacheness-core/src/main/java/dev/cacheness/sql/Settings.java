package dev.cacheness.sql;

import dev.cacheness.sql.range.Step;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.TemporalAmount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a cache was told, checked. Spans are in ticks of the range column; zero durations and counts mean what their setter says. */
record Settings(Freshness freshness, Fetching fetching, Intake intake, Keeping keeping) {

    /** How long answers are good. */
    record Freshness(
            Duration ttl,
            TemporalAmount hotWindow,
            Duration hotTtl,
            Duration emptyTtl,
            Duration staleIfError,
            Duration staleWhileRevalidate,
            boolean openEnded,
            Duration tailTtl,
            boolean clampToNow,
            @Nullable Step step,
            ZoneId zone,
            List<Duration> askHolesAgainAfter) {}

    /** How the source is asked. */
    record Fetching(
            int partitionsPerFetch,
            int maxRowsPerFetch,
            long maxQuerySpan,
            int parallelism,
            Duration timeout,
            int maxPages,
            int retries,
            Duration retryDelay,
            OnError onError,
            Duration errorTtl,
            OnDetectorError onDetectorError,
            boolean allowUnbound,
            boolean offline) {}

    /** What is made of rows. */
    record Intake(
            WriteMode writeMode, OutOfRangeRows outOfRangeRows, DuplicateRows duplicateRows, InvalidRows invalidRows) {}

    /** How much is kept. */
    record Keeping(@Nullable Duration retention, long maxRows, OnSchemaChange onSchemaChange) {}
}
