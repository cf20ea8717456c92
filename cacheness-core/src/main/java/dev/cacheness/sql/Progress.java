package dev.cacheness.sql;

import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one query has brought about so far. Its lists are touched by several threads. */
final class Progress {

    /** More rounds than this mean that the query gets nowhere. */
    private static final int MAX_ROUNDS = 100;

    private static final Comparator<PartitionRange> IN_ORDER = Comparator.comparing(
                    (PartitionRange range) -> range.partition().toString())
            .thenComparingLong(range -> range.range().interval().lo());

    /** When the query began. Now, and how far back rows are kept, stay where they were then, lest the query chase them. */
    final Instant started;

    final Held held = new Held();

    /** What a gap detector wants, per partition; empty unless there is one. */
    final Map<Partition, List<Interval>> detected = new HashMap<>();

    private final List<PartitionRange> fetched = new ArrayList<>();

    private final Map<Partition, List<Interval>> done = new HashMap<>();

    private final Map<Partition, List<Seen>> elsewhere = new HashMap<>();

    private final Map<Partition, List<Interval>> failed = new HashMap<>();

    private final Set<Throwable> causes = Collections.newSetFromMap(new IdentityHashMap<>());

    private @Nullable Throwable firstCause;

    private List<PartitionRange> cached = List.of();

    private int rounds;

    private int invalidations;

    private boolean anyFresh;

    Progress(Instant started) {
        this.started = started;
    }

    synchronized void fetched(PartitionRange range) {
        fetched.add(range);
        done(range.partition(), range.range().interval());
    }

    /** Notes that a range was fetched for this query, be it by another one that this one waited for. */
    synchronized void done(Partition partition, Interval interval) {
        done.computeIfAbsent(partition, p -> new ArrayList<>()).add(interval);
    }

    synchronized IntervalSet done(Partition partition) {
        return IntervalSet.of(done.getOrDefault(partition, List.of()));
    }

    /** A range that another process was fetching, and when the newest of what was there before had been fetched. */
    record Seen(Interval interval, long newest) {}

    /** Notes that another process was fetching a range while this query waited. What has come since counts as fetched for this query. */
    synchronized void elsewhere(Partition partition, Interval interval, long newest) {
        elsewhere.computeIfAbsent(partition, p -> new ArrayList<>()).add(new Seen(interval, newest));
    }

    synchronized List<Seen> elsewhere(Partition partition) {
        return List.copyOf(elsewhere.getOrDefault(partition, List.of()));
    }

    /** In the order of partitions and ranges, since calls that run side by side end in any order. */
    synchronized List<PartitionRange> fetched() {
        return fetched.stream().sorted(IN_ORDER).toList();
    }

    synchronized void failed(Partition partition, Interval interval, Throwable cause) {
        failed.computeIfAbsent(partition, p -> new ArrayList<>()).add(interval);
        if (firstCause == null) {
            firstCause = cause;
        }
        causes.add(cause);
    }

    synchronized IntervalSet failed(Partition partition) {
        return IntervalSet.of(failed.getOrDefault(partition, List.of()));
    }

    synchronized boolean hasFailed() {
        return firstCause != null;
    }

    /** What to throw: the first cause as the cause, the others suppressed. */
    synchronized SqlCacheFetchException failure(String cache, List<PartitionRange> missing) {
        SqlCacheFetchException thrown = new SqlCacheFetchException(cache, missing, fetched(), cached, firstCause);
        causes.stream().filter(cause -> cause != firstCause).forEach(thrown::addSuppressed);
        return thrown;
    }

    /** @throws IllegalStateException if the query gets nowhere */
    synchronized void begin(List<PartitionRange> fresh) {
        if (rounds == MAX_ROUNDS) {
            throw new IllegalStateException("Looked " + MAX_ROUNDS + " times, and there is still something missing");
        }
        if (rounds == 0) {
            cached = fresh;
            anyFresh = !fresh.isEmpty();
        }
        rounds++;
    }

    synchronized boolean isFirstRound() {
        return rounds == 0;
    }

    /** Whether part of the answer was there when the query began. */
    synchronized boolean hadFresh() {
        return anyFresh;
    }

    synchronized List<PartitionRange> cached() {
        return cached;
    }

    synchronized int invalidated() {
        return ++invalidations;
    }
}
