package dev.cacheness.engine;

import dev.cacheness.MissReason;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.spi.CustomSelection;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Takes entries away because somebody says so, or because their time is over. Thread-safe. */
final class Removals {

    private static final int BATCH = 1_000;

    /** There may be very many, scattered over all pages of the index, and each transaction writes the pages that it touches. */
    private static final int EXPIRED_BATCH = 10_000;

    private final EntryStore store;

    private final InstantSource clock;

    private final Happenings happenings;

    private final OpenState open;

    Removals(EntryStore store, InstantSource clock, Happenings happenings, OpenState open) {
        this.store = store;
        this.clock = clock;
        this.happenings = happenings;
        this.open = open;
    }

    int invalidate(List<String> digests) {
        List<EntryRef> removed = open.orClosed(() -> store.invalidate(digests));
        happenings.removed(removed, MissReason.INVALIDATED);
        return removed.size();
    }

    int invalidateMatching(EntryFilter filter) {
        return inBatches(
                MissReason.INVALIDATED, BATCH, () -> open.orClosed(() -> store.invalidateMatching(filter, BATCH)));
    }

    int invalidateCustom(CustomSelection selection) {
        return inBatches(MissReason.INVALIDATED, BATCH, () -> store.invalidateCustom(selection, BATCH));
    }

    int removeExpired() {
        return inBatches(MissReason.EXPIRED, EXPIRED_BATCH, () -> store.removeExpired(clock.instant(), EXPIRED_BATCH));
    }

    private int inBatches(MissReason reason, int batch, Supplier<List<EntryRef>> removal) {
        int count = 0;
        List<EntryRef> removed;
        do {
            removed = removal.get();
            happenings.removed(removed, reason);
            count += removed.size();
        } while (removed.size() == batch);
        return count;
    }
}
