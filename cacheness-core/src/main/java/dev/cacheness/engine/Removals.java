package dev.cacheness.engine;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.MissReason;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.spi.CustomSelection;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes entries away because somebody says so, or because their time is over. Thread-safe. */
final class Removals {

    private static final int BATCH = 1_000;

    /**
     * There may be very many, scattered over all pages of the index, and each transaction writes the pages that it touches. Meanwhile no other writes: a
     * fraction of a second.
     */
    private static final int EXPIRED_BATCH = 25_000;

    private final EntryStore store;

    private final @Nullable Policies policies;

    private final InstantSource clock;

    private final Happenings happenings;

    private final OpenState open;

    private final MissedInvalidations missed;

    /** Without policies nothing stays after its end. */
    Removals(EntryStore store, InstantSource clock, Happenings happenings, OpenState open) {
        this(store, null, clock, happenings, open, new MissedInvalidations(store, happenings, new FailureLog(clock)));
    }

    Removals(
            EntryStore store,
            @Nullable Policies policies,
            InstantSource clock,
            Happenings happenings,
            OpenState open,
            MissedInvalidations missed) {
        this.store = store;
        this.policies = policies;
        this.clock = clock;
        this.happenings = happenings;
        this.open = open;
        this.missed = missed;
    }

    int invalidate(List<String> digests) {
        List<EntryRef> removed =
                open.orClosed(() -> remembering(() -> missed.add(digests), () -> store.invalidate(digests)));
        happenings.removed(removed, MissReason.INVALIDATED);
        return removed.size();
    }

    int invalidateMatching(EntryFilter filter) {
        return inBatches(
                MissReason.INVALIDATED,
                BATCH,
                () -> open.orClosed(
                        () -> remembering(() -> missed.add(filter), () -> store.invalidateMatching(filter, BATCH))));
    }

    int invalidateCustom(CustomSelection selection) {
        return inBatches(MissReason.INVALIDATED, BATCH, () -> store.invalidateCustom(selection, BATCH));
    }

    /** Entries of namespaces whose policy lets them stand in for others after their end stay for as long as it says. */
    int removeExpired() {
        if (policies == null || policies.longestStaleWindow().isZero()) {
            return inBatches(
                    MissReason.EXPIRED, EXPIRED_BATCH, () -> store.removeExpired(clock.instant(), EXPIRED_BATCH));
        }
        int count = 0;
        for (String namespace : store.index().namespaces()) {
            Instant end = clock.instant().minus(policies.of(namespace).staleWindow());
            count += inBatches(
                    MissReason.EXPIRED, EXPIRED_BATCH, () -> store.removeExpired(namespace, end, EXPIRED_BATCH));
        }
        return count;
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
