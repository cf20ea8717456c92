package dev.cacheness.engine;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.MissReason;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.spi.CustomSelection;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import java.util.List;
import java.util.function.Supplier;

/** Takes entries away because somebody says so. Thread-safe. */
final class Removals {

    private static final int BATCH = 1_000;

    private final EntryStore store;

    private final Happenings happenings;

    private final OpenState open;

    private final MissedInvalidations missed;

    private final Lasting lasting;

    Removals(EntryStore store, Happenings happenings, OpenState open, MissedInvalidations missed, Lasting lasting) {
        this.store = store;
        this.happenings = happenings;
        this.open = open;
        this.missed = missed;
        this.lasting = lasting;
    }

    int invalidate(List<String> digests) {
        List<EntryRef> removed =
                open.orClosed(() -> lasting(remembering(() -> missed.add(digests), () -> store.invalidate(digests))));
        happenings.removed(removed, MissReason.INVALIDATED);
        return removed.size();
    }

    int invalidateMatching(EntryFilter filter) {
        return inBatches(() -> open.orClosed(
                () -> lasting(remembering(() -> missed.add(filter), () -> store.invalidateMatching(filter, BATCH)))));
    }

    int invalidateCustom(CustomSelection selection) {
        return inBatches(() -> open.orClosed(() ->
                lasting(remembering(() -> missed.add(selection), () -> store.invalidateCustom(selection, BATCH)))));
    }

    private List<EntryRef> lasting(List<EntryRef> removed) {
        lasting.removed(removed);
        return removed;
    }

    /** Somebody still wants it, although the call fails. */
    private static List<EntryRef> remembering(Runnable remember, Supplier<List<EntryRef>> invalidation) {
        try {
            return invalidation.get();
        } catch (CacheMetadataException ex) {
            remember.run();
            throw ex;
        }
    }

    /** What could not be invalidated and must not be served. */
    MissedInvalidations missed() {
        return missed;
    }

    private int inBatches(Supplier<List<EntryRef>> removal) {
        int count = 0;
        List<EntryRef> removed;
        do {
            removed = removal.get();
            happenings.removed(removed, MissReason.INVALIDATED);
            count += removed.size();
        } while (removed.size() == BATCH);
        return count;
    }
}
