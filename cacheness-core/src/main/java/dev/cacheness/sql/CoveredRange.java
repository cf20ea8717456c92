package dev.cacheness.sql;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A range that was asked for and answered, with the same facts for all of it.
 *
 * @param partition the partition
 * @param range the range
 * @param fetchedAt when its oldest fetch began
 * @param expiresAt until when it is fresh, null for ever
 * @param provisional whether it was young when it was fetched, and so is asked for again once it has settled
 * @param fresh whether a query now would use it without asking
 */
public record CoveredRange(
        Partition partition,
        FetchRange range,
        Instant fetchedAt,
        @Nullable Instant expiresAt,
        boolean provisional,
        boolean fresh) {}
