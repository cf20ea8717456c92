package dev.cacheness.engine;

import java.util.Comparator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Ranks its rows when it is full, and lets those of the lowest ranks go, a sixteenth at once. So reading takes no lock and keeps no list in order, and the
 * search for who must go is paid by many rows together.
 */
final class RankedRowCache implements RowCache {

    private static final int EVICTED_AT_ONCE = 16;

    private final ConcurrentHashMap<String, Slot> slots = new ConcurrentHashMap<>();

    private final ReentrantLock evicting = new ReentrantLock();

    private final ToLongFunction<Slot> rank;

    private final int maxEntries;

    RankedRowCache(MemoryPolicy policy, int maxEntries) {
        this.rank = rank(policy);
        this.maxEntries = maxEntries;
    }

    private static ToLongFunction<Slot> rank(MemoryPolicy policy) {
        long start = System.nanoTime();
        return switch (policy) {
            case LRU -> slot -> slot.lastUse - start;
            case LFU -> slot -> slot.uses;
            case FIFO -> slot -> slot.order - start;
            case RANDOM -> slot -> ThreadLocalRandom.current().nextLong();
            case TINYLFU -> throw new IllegalArgumentException("Caffeine ranks by itself");
        };
    }

    @Override
    public @Nullable Slot get(String digest) {
        Slot slot = slots.get(digest);
        if (slot != null) {
            slot.lastUse = System.nanoTime();
            slot.uses++;
        }
        return slot;
    }

    @Override
    public @Nullable Slot peek(String digest) {
        return slots.get(digest);
    }

    @Override
    public void put(String digest, Slot slot) {
        if (slots.size() >= maxEntries && !slots.containsKey(digest) && !makeRoom()) {
            return;
        }
        slots.put(digest, slot);
    }

    /** False if another thread is about it; then this row is not kept. */
    private boolean makeRoom() {
        if (!evicting.tryLock()) {
            return false;
        }
        try {
            slots.entrySet().stream()
                    // Each is ranked once, for ranks change while they are compared.
                    .map(entry -> new Ranked(entry.getKey(), rank.applyAsLong(entry.getValue())))
                    .sorted(Comparator.comparingLong(Ranked::rank))
                    .limit(Math.max(1, maxEntries / EVICTED_AT_ONCE))
                    .forEach(ranked -> slots.remove(ranked.digest()));
            return true;
        } finally {
            evicting.unlock();
        }
    }

    @Override
    public void remove(String digest) {
        slots.remove(digest);
    }

    @Override
    public void clear() {
        slots.clear();
    }

    @Override
    public long size() {
        return slots.size();
    }

    private record Ranked(String digest, long rank) {}
}
