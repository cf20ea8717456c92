package dev.cacheness.sql.store;

import dev.cacheness.sql.range.Interval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the ledger in memory, for a database that only this process has open and where every statement takes long. Its version grows before and after
 * each commit, and is odd in between. Whoever has read rows by what the mirror says must check afterwards that the version is still the same; if it is,
 * nothing was committed meanwhile, and the rows fit. Safe for use by several threads.
 */
final class LedgerMirror {

    /** More than this is not kept, and makes room for what is in use now. */
    private static final int MAX_PARTITIONS = 10_000;

    private record Key(String cache, PartitionId partition) {}

    private final Map<Key, PartitionState> states = new ConcurrentHashMap<>();

    private final AtomicLong version = new AtomicLong();

    long version() {
        return version.get();
    }

    boolean isStill(long then) {
        return (then & 1) == 0 && version.get() == then;
    }

    /** What is known of all of the partitions, null if one of them is not here. */
    @Nullable
    Map<PartitionId, PartitionState> get(String cache, List<PartitionId> partitions, Interval window) {
        Map<PartitionId, PartitionState> found = new HashMap<>();
        for (PartitionId partition : partitions) {
            PartitionState state = states.get(new Key(cache, partition));
            if (state == null) {
                return null;
            }
            found.put(partition, cropped(state, window));
        }
        return found;
    }

    private static PartitionState cropped(PartitionState state, Interval window) {
        List<Coverage> all = state.coverage();
        int from = firstEndingAfter(all, window.lo());
        int to = from;
        while (to < all.size() && all.get(to).interval().lo() < window.hi()) {
            to++;
        }
        return from == 0 && to == all.size()
                ? state
                : new PartitionState(state.id(), state.generation(), state.revision(), all.subList(from, to));
    }

    private static int firstEndingAfter(List<Coverage> sorted, long tick) {
        int lo = 0;
        int hi = sorted.size();
        while (lo < hi) {
            int middle = (lo + hi) >>> 1;
            if (sorted.get(middle).interval().hi() > tick) {
                hi = middle;
            } else {
                lo = middle + 1;
            }
        }
        return lo;
    }

    /** Keeps whole states that were read when the mirror had this version, unless something was committed since. */
    synchronized void put(long then, String cache, Map<PartitionId, PartitionState> read) {
        if (!isStill(then)) {
            return;
        }
        if (states.size() + read.size() > MAX_PARTITIONS) {
            states.clear();
        }
        read.forEach((partition, state) -> states.put(new Key(cache, partition), state));
    }

    /** A commit is about to happen. */
    synchronized void changing() {
        version.incrementAndGet();
    }

    /** A commit has happened, or may have. @param partitions the numbers of those that it changed; null for all */
    synchronized void changed(@Nullable Set<Long> partitions) {
        if (partitions == null) {
            states.clear();
        } else if (!partitions.isEmpty()) {
            states.values().removeIf(state -> partitions.contains(state.id()));
        }
        version.incrementAndGet();
    }
}
