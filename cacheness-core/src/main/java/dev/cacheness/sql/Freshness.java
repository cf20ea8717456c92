package dev.cacheness.sql;

import dev.cacheness.internal.record.Micros;
import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import dev.cacheness.sql.range.RangeDomain;
import dev.cacheness.sql.range.Step;
import dev.cacheness.sql.range.Ticks;
import dev.cacheness.sql.store.Coverage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which answers are still good, and for how long new ones will be. Times are in microseconds. */
final class Freshness {

    /** A time to live that does not end. */
    static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    private static final int COALESCE_PARTS = 16;

    private final Settings.Freshness settings;

    private final RangeDomain domain;

    private final int schemaVersion;

    Freshness(Context<?> context) {
        this.settings = context.settings.freshness();
        this.domain = context.domain;
        this.schemaVersion = context.schemaVersion;
    }

    /** When an entry stops being good; shortening the time to live of a cache acts on what is there. */
    long expiry(Coverage entry) {
        return Math.min(entry.expiresAt(), after(entry.fetchedAt(), ttl(entry.provisional())));
    }

    boolean isFresh(Coverage entry, long now) {
        return entry.schema() == schemaVersion && expiry(entry) > now;
    }

    /**
     * The ticks that need not be fetched.
     *
     * @param hotFrom from here on, entries are good for the hot time only; null if the entries themselves say it
     */
    IntervalSet fresh(List<Coverage> coverage, long now, @Nullable Long hotFrom) {
        List<Interval> fresh = new ArrayList<>();
        for (Coverage entry : coverage) {
            if (!isFresh(entry, now)) {
                continue;
            }
            Interval interval = entry.interval();
            if (hotFrom == null || interval.hi() <= hotFrom || after(entry.fetchedAt(), settings.hotTtl()) > now) {
                fresh.add(interval);
            } else if (interval.lo() < hotFrom) {
                fresh.add(new Interval(interval.lo(), hotFrom));
            }
        }
        return IntervalSet.of(fresh);
    }

    /** The ticks that were asked for and answered, fresh or not. */
    IntervalSet recorded(List<Coverage> coverage) {
        return IntervalSet.of(coverage.stream()
                .filter(entry -> entry.schema() == schemaVersion)
                .map(Coverage::interval)
                .toList());
    }

    /** The ticks that may be served although they have expired, if the source fails. */
    IntervalSet usableIfError(List<Coverage> coverage, long now) {
        return usable(coverage, now, settings.staleIfError());
    }

    /** The ticks that may be served although they have expired, while they are fetched anew. */
    IntervalSet usableMeanwhile(List<Coverage> coverage, long now) {
        return usable(coverage, now, settings.staleWhileRevalidate());
    }

    private IntervalSet usable(List<Coverage> coverage, long now, Duration grace) {
        return IntervalSet.of(coverage.stream()
                .filter(entry -> entry.schema() == schemaVersion && plus(expiry(entry), grace) > now)
                .map(Coverage::interval)
                .toList());
    }

    /** Whether an entry is of no use any more, not even if the source fails. */
    boolean isForgettable(Coverage entry, long now) {
        long expiry = expiry(entry);
        return plus(expiry, settings.staleIfError()) <= now && plus(expiry, settings.staleWhileRevalidate()) <= now;
    }

    /** The ticks whose fetch began after a moment. */
    IntervalSet fetchedAfter(List<Coverage> coverage, long moment) {
        return recorded(
                coverage.stream().filter(entry -> entry.fetchedAt() > moment).toList());
    }

    /** The first tick of the hot window, null if there is no such thing on the axis or nothing is hot. */
    @Nullable
    Long hotFrom(Instant now, @Nullable TemporalAmount override) {
        TemporalAmount window = override == null ? settings.hotWindow() : override;
        Step step = settings.step();
        if (!domain.isTime() || (step == null && isZero(window))) {
            return null;
        }
        long tick = domain.tickAt(now.atZone(settings.zone()).minus(window).toInstant());
        return step == null ? tick : domain.alignDown(tick, step);
    }

    private static boolean isZero(TemporalAmount amount) {
        return amount.getUnits().stream().allMatch(unit -> amount.get(unit) == 0);
    }

    /**
     * The entries for an interval that was fetched just now.
     *
     * @param ticks the ticks that have rows, in ascending order
     */
    List<Coverage> entries(Interval interval, Instant fetchedAt, long[] ticks, FetchResult.Facts facts) {
        Long hotFrom = settings.openEnded()
                ? Long.valueOf(ticks.length == 0 ? interval.lo() : Ticks.plus(ticks[ticks.length - 1], 1))
                : hotFrom(fetchedAt, null);
        if (facts.provisional()) {
            hotFrom = interval.lo();
        }
        List<Coverage> entries = new ArrayList<>();
        if (hotFrom == null || interval.hi() <= hotFrom) {
            entries.add(entry(interval, fetchedAt, false, ticks, facts));
        } else if (hotFrom <= interval.lo()) {
            entries.add(entry(interval, fetchedAt, true, ticks, facts));
        } else {
            entries.add(entry(new Interval(interval.lo(), hotFrom), fetchedAt, false, ticks, facts));
            entries.add(entry(new Interval(hotFrom, interval.hi()), fetchedAt, true, ticks, facts));
        }
        return entries;
    }

    private Coverage entry(
            Interval interval, Instant fetchedAt, boolean provisional, long[] ticks, FetchResult.Facts facts) {
        long at = Micros.of(fetchedAt);
        long expiresAt = after(at, ttl(provisional));
        if (!hasTick(ticks, interval)) {
            expiresAt = Math.min(expiresAt, after(at, settings.emptyTtl()));
        }
        if (facts.ttl() != null) {
            expiresAt = Math.min(expiresAt, plus(at, facts.ttl()));
        }
        return new Coverage(interval, at, expiresAt, provisional, schemaVersion, 0);
    }

    private static boolean hasTick(long[] sorted, Interval interval) {
        int found = Arrays.binarySearch(sorted, interval.lo());
        int first = found >= 0 ? found : -found - 1;
        return first < sorted.length && sorted[first] < interval.hi();
    }

    /** Joins neighbours that say nearly the same. The earlier expiry stays, so that nothing is good for longer than it was. */
    List<Coverage> coalesce(List<Coverage> sorted) {
        List<Coverage> out = new ArrayList<>();
        for (Coverage entry : sorted) {
            Coverage last = out.isEmpty() ? null : out.get(out.size() - 1);
            if (last != null && isSameAs(last, entry)) {
                out.set(
                        out.size() - 1,
                        new Coverage(
                                new Interval(
                                        last.interval().lo(), entry.interval().hi()),
                                Math.min(last.fetchedAt(), entry.fetchedAt()),
                                Math.min(last.expiresAt(), entry.expiresAt()),
                                last.provisional(),
                                last.schema(),
                                last.attempts()));
            } else {
                out.add(entry);
            }
        }
        return out;
    }

    private boolean isSameAs(Coverage a, Coverage b) {
        if (a.interval().hi() != b.interval().lo()
                || a.provisional() != b.provisional()
                || a.schema() != b.schema()
                || a.attempts() != b.attempts()) {
            return false;
        }
        long tolerance = Micros.of(ttl(a.provisional())) / COALESCE_PARTS;
        return Math.abs(a.fetchedAt() - b.fetchedAt()) <= tolerance
                && (a.expiresAt() == b.expiresAt() || Math.abs(a.expiresAt() - b.expiresAt()) <= tolerance);
    }

    private Duration ttl(boolean provisional) {
        if (!provisional) {
            return settings.ttl();
        }
        return settings.openEnded() ? settings.tailTtl() : settings.hotTtl();
    }

    private static long after(long time, Duration ttl) {
        return ttl.equals(FOR_EVER) ? Coverage.NEVER : plus(time, ttl);
    }

    private static long plus(long time, Duration duration) {
        return Ticks.plus(time, Micros.of(duration));
    }
}
