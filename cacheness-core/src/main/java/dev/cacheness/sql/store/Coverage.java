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
 * @param attempts how often the source was asked for the interval because there should be rows and are none; 0 if there are, or if it is not asked again
 */
public record Coverage(
        Interval interval, long fetchedAt, long expiresAt, boolean provisional, int schema, int attempts) {

    public static final long NEVER = Long.MAX_VALUE;

    /** The same facts about a part of the interval. */
    public Coverage crop(Interval part) {
        return new Coverage(part, fetchedAt, expiresAt, provisional, schema, attempts);
    }

    /** The same facts, which are good until the given time only. */
    public Coverage until(long time) {
        return new Coverage(interval, fetchedAt, Math.min(expiresAt, time), provisional, schema, attempts);
    }

    /** The same facts, with another number of attempts. */
    public Coverage asked(int times) {
        return new Coverage(interval, fetchedAt, expiresAt, provisional, schema, times);
    }
}
