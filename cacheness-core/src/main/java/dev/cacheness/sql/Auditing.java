package dev.cacheness.sql;

import dev.cacheness.sql.SqlCacheAudit.Difference;
import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import dev.cacheness.sql.range.Step;
import dev.cacheness.sql.range.Ticks;
import dev.cacheness.sql.store.PartitionId;
import dev.cacheness.sql.store.PartitionState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Asks the source again for a sample of what the table has, and compares. Stores nothing. */
final class Auditing<T> {

    /** A covered interval is cut into this many parts at most, of which one is asked for at a time. */
    private static final int PARTS = 10;

    private final Context<T> context;

    private final Freshness freshness;

    private final PageLoop<T> pages;

    private final RandomGenerator random;

    Auditing(Context<T> context, Freshness freshness, PageLoop<T> pages, RandomGenerator random) {
        this.context = context;
        this.freshness = freshness;
        this.pages = pages;
        this.random = random;
    }

    private record Candidate(Partition partition, Interval interval) {}

    SqlCacheAudit audit(BoundQuery query, int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("An audit makes 1 call or more, but got " + calls);
        }
        List<PartitionRange> checked = new ArrayList<>();
        List<Difference> differences = new ArrayList<>();
        try {
            List<Candidate> candidates = candidates(query);
            for (int i = 0; i < calls && !candidates.isEmpty(); i++) {
                Candidate one = candidates.remove(random.nextInt(candidates.size()));
                checked.add(context.range(one.partition(), one.interval()));
                Difference difference = compare(one.partition(), one.interval());
                if (difference.added() + difference.removed() + difference.changed() > 0) {
                    differences.add(difference);
                }
            }
        } catch (SQLException e) {
            throw context.failed("auditing", e);
        }
        return new SqlCacheAudit(checked, differences);
    }

    /** Parts of what is fresh. */
    private List<Candidate> candidates(BoundQuery query) throws SQLException {
        Map<PartitionId, PartitionState> states =
                context.store.readOnce(session -> context.ledger.load(session, query.ids(), query.asked()));
        List<Candidate> candidates = new ArrayList<>();
        for (Partition partition : query.partitions()) {
            PartitionState state = states.get(partition.id());
            IntervalSet fresh = state == null
                    ? IntervalSet.EMPTY
                    : freshness
                            .fresh(state.coverage(), context.nowMicros(), null)
                            .cropTo(query.asked());
            for (Interval interval : fresh.intervals()) {
                cut(interval).forEach(part -> candidates.add(new Candidate(partition, part)));
            }
        }
        return candidates;
    }

    private List<Interval> cut(Interval interval) {
        if (interval.lo() == Long.MIN_VALUE || interval.hi() == Long.MAX_VALUE) {
            return List.of(interval);
        }
        Step step = context.settings.freshness().step();
        long width = Math.max(1, interval.width() / PARTS);
        List<Interval> parts = new ArrayList<>();
        long at = interval.lo();
        while (at < interval.hi()) {
            long end = Ticks.plus(at, width);
            long aligned = Math.min(interval.hi(), step == null ? end : context.domain.alignUp(end, step));
            parts.add(new Interval(at, aligned));
            at = aligned;
        }
        return parts;
    }

    private Difference compare(Partition partition, Interval interval) throws SQLException {
        Map<List<Object>, @Nullable Object[]> here = new HashMap<>();
        List<Integer> key = context.layout().key();
        for (@Nullable
        Object[] values : context.store.readOnce(
                session -> context.table.stored(session, context.table.rowsOf(partition.id(), interval)))) {
            here.put(StoredRows.values(new StoredRow(0, values), key), values);
        }
        long added = 0;
        long changed = 0;
        for (StoredRow row : pages.all(partition, interval)) {
            @Nullable Object[] known = here.remove(StoredRows.values(row, key));
            if (known == null) {
                added++;
            } else if (!Arrays.deepEquals(known, row.values())) {
                changed++;
            }
        }
        return new Difference(context.range(partition, interval), added, here.size(), changed);
    }
}
