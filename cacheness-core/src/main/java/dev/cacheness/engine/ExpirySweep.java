package dev.cacheness.engine;

import dev.cacheness.MissReason;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.spi.EntryRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Takes away the entries whose time is over: by their own end, or because nobody reads them. Thread-safe. */
final class ExpirySweep {

    /**
     * There may be very many, scattered over all pages of the index, and each transaction writes the pages that it touches. Meanwhile nobody else writes to
     * SQLite: some tenths of a second.
     */
    private static final int BATCH = 25_000;

    /** Other processes write their reads down every five seconds; what they have read just now is not idle. */
    private static final Duration UNKNOWN_READS = Duration.ofSeconds(15);

    private final EntryStore store;

    private final Policies policies;

    private final AccessLog accessLog;

    private final InstantSource clock;

    private final Happenings happenings;

    ExpirySweep(EntryStore store, Policies policies, AccessLog accessLog, InstantSource clock, Happenings happenings) {
        this.store = store;
        this.policies = policies;
        this.accessLog = accessLog;
        this.clock = clock;
        this.happenings = happenings;
    }

    /** @return how many were removed */
    int run() {
        return removeExpired() + (policies.endsIdleEntries() ? removeIdle() : 0);
    }

    /** Entries of namespaces whose policy lets them stand in for others after their end stay for as long as it says. */
    private int removeExpired() {
        if (policies.longestStaleWindow().isZero()) {
            return inBatches(() -> store.removeExpired(clock.instant(), BATCH));
        }
        int count = 0;
        for (String namespace : store.index().namespaces()) {
            Instant end = clock.instant().minus(policies.of(namespace).staleWindow());
            count += inBatches(() -> store.removeExpired(namespace, end, BATCH));
        }
        return count;
    }

    private int removeIdle() {
        accessLog.flush();
        int count = 0;
        for (String namespace : store.index().namespaces()) {
            Duration idleTtl = policies.of(namespace).said().idleTtl();
            if (idleTtl != null) {
                Instant lastRead = clock.instant().minus(idleTtl).minus(UNKNOWN_READS);
                count += inBatches(() -> store.removeIdle(namespace, lastRead, BATCH));
            }
        }
        return count;
    }

    private int inBatches(Supplier<List<EntryRef>> removal) {
        int count = 0;
        List<EntryRef> removed;
        do {
            removed = removal.get();
            happenings.removed(removed, MissReason.EXPIRED);
            count += removed.size();
        } while (removed.size() == BATCH);
        return count;
    }
}
