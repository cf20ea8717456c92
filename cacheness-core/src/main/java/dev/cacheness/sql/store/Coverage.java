package dev.cacheness.sql.store;

import dev.cacheness.sql.range.Interval;

/**
 * One entry of the ledger: this interval was asked for and answered.
 *
 * @param interval the ticks
 * @param fetchedAt when the fetch began, in microseconds
 * @param expiresAt when the answer stops being fresh, in microseconds; {@link Long#MAX_VALUE} for never
 * @param provisional whether the answer may still change because it was young when it was fetched
 * @param schema the version of the table's schema that it was stored with
 */
public record Coverage(Interval interval, long fetchedAt, long expiresAt, boolean provisional, int schema) {

    public static final long NEVER = Long.MAX_VALUE;

    /** The same facts about a part of the interval. */
    public Coverage crop(Interval part) {
        return new Coverage(part, fetchedAt, expiresAt, provisional, schema);
    }
}
