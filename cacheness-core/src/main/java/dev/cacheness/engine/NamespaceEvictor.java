package dev.cacheness.engine;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.EntryMetadata;
import dev.cacheness.MissReason;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.Eviction;
import dev.cacheness.spi.Totals;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps namespaces within the bounds that their policies give them. It asks for the exact size only when what it knows of exceeds a bound, and then makes
 * room for some more than is needed, because asking takes time. Thread-safe; one thread evicts in a namespace, the others leave it to that one.
 */
final class NamespaceEvictor {

    /** What is left when room was made. */
    private static final double FILL = 0.95;

    private static final int BATCH = 256;

    private final EntryStore store;

    private final Policies policies;

    private final AccessLog accessLog;

    private final Happenings happenings;

    private final FailureLog failures;

    private final InstantSource clock;

    private final Map<String, Usage> usages = new ConcurrentHashMap<>();

    NamespaceEvictor(
            EntryStore store,
            Policies policies,
            AccessLog accessLog,
            Happenings happenings,
            FailureLog failures,
            InstantSource clock) {
        this.store = store;
        this.policies = policies;
        this.accessLog = accessLog;
        this.happenings = happenings;
        this.failures = failures;
        this.clock = clock;
    }

    /** To be called after every put. */
    void afterPut(EntryMetadata entry) {
        EffectivePolicy policy = policies.of(entry.namespace());
        if (!policy.hasBounds()) {
            return;
        }
        Usage usage = usages.computeIfAbsent(entry.namespace(), namespace -> new Usage());
        if (usage.add(entry.sizeBytes(), policy)) {
            enforce(entry.namespace(), usage, policy);
        }
    }

    /** Looks at the namespaces that grew here, which others may have filled, too. */
    void enforce() {
        usages.forEach((namespace, usage) -> enforce(namespace, usage, policies.of(namespace)));
    }

    private void enforce(String namespace, Usage usage, EffectivePolicy policy) {
        if (!usage.turn.tryLock()) {
            return;
        }
        try {
            evict(namespace, usage, policy);
        } catch (CacheMetadataException ex) {
            failures.warn("eviction", "Entries could not be evicted", ex);
        } finally {
            usage.turn.unlock();
        }
    }

    private void evict(String namespace, Usage usage, EffectivePolicy policy) {
        Totals totals = store.index().totals(namespace);
        usage.set(totals);
        if (!policy.exceeds(totals.entries(), totals.sizeBytes(), 1)) {
            return;
        }
        accessLog.flush();
        while (policy.exceeds(totals.entries(), totals.sizeBytes(), FILL)) {
            List<EntryRef> removed = store.remove(victims(namespace, totals, policy));
            if (removed.isEmpty()) {
                return;
            }
            happenings.removed(removed, MissReason.EVICTED);
            totals = store.index().totals(namespace);
            usage.set(totals);
        }
    }

    private List<EntryRef> victims(String namespace, Totals totals, EffectivePolicy policy) {
        Eviction eviction = policy.eviction();
        List<EntryRef> victims = new ArrayList<>();
        long entries = totals.entries();
        long bytes = totals.sizeBytes();
        for (EntryRef candidate : store.index().leastValuable(namespace, eviction, clock.instant(), BATCH)) {
            if (!policy.exceeds(entries, bytes, FILL)) {
                break;
            }
            victims.add(candidate);
            entries--;
            bytes -= candidate.sizeBytes();
        }
        return victims;
    }

    /** What a namespace takes, at least as far as this process knows. */
    private static final class Usage {

        private final ReentrantLock turn = new ReentrantLock();

        private boolean known;

        private long entries;

        private long bytes;

        /** @return whether to look closer */
        synchronized boolean add(long sizeBytes, EffectivePolicy policy) {
            entries++;
            bytes += sizeBytes;
            return !known || policy.exceeds(entries, bytes, 1);
        }

        synchronized void set(Totals totals) {
            known = true;
            entries = totals.entries();
            bytes = totals.sizeBytes();
        }
    }
}
