package dev.cacheness.engine;

import dev.cacheness.spi.StoredEntry;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Rows on the heap, a bounded number of them. May lose any row at any time. Thread-safe. */
interface RowCache {

    /** The slot of a digest, null if there is none. Counts as a use. */
    @Nullable
    Slot get(String digest);

    /** As {@link #get}, but no use. */
    @Nullable
    Slot peek(String digest);

    void put(String digest, Slot slot);

    void remove(String digest);

    void clear();

    long size();

    /** How many rows it may hold. */
    static RowCache of(MemoryLayerSettings settings) {
        return settings.policy() == MemoryPolicy.TINYLFU
                ? CaffeineRowCache.open(settings.maxEntries())
                : new RankedRowCache(settings.policy(), settings.maxEntries());
    }

    /** A row, and the moment it stands for. */
    final class Slot {

        final StoredEntry row;

        final long version;

        final long loadedAtMillis;

        final long order = System.nanoTime();

        /** When it was last read. Races lose an update now and then, which costs nothing but a worse choice; so it needs no order with other memory either. */
        long lastUse = order;

        int uses;

        /** The value that all readers get, null if each gets one of its own. */
        volatile @Nullable Shared shared;

        Slot(StoredEntry row, long version, long loadedAtMillis) {
            this.row = row;
            this.version = version;
            this.loadedAtMillis = loadedAtMillis;
        }
    }

    /**
     * A value that was made of a row.
     *
     * @param type what its readers ask for
     */
    record Shared(Type type, Object value) {}
}
