package dev.cacheness.boot.annotation;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.EntryQuery;
import dev.cacheness.boot.transaction.CacheTransactions;
import org.jspecify.annotations.Nullable;

/** Removes entries, when the transaction that asks for it commits. Thread-safe. */
final class Removals {

    private final Cacheness cacheness;

    private final CacheTransactions transactions;

    private final CallFailures failures;

    Removals(Cacheness cacheness, CacheTransactions transactions, CallFailures failures) {
        this.cacheness = cacheness;
        this.transactions = transactions;
        this.failures = failures;
    }

    void key(CacheKey<?> key, boolean now) {
        remove(key.keyNamespace(), () -> cacheness.invalidate(key), now);
    }

    void namespace(String namespace, boolean now) {
        remove(namespace, () -> cacheness.invalidateNamespace(namespace), now);
    }

    void query(EntryQuery query, boolean now) {
        remove(query.namespace(), () -> cacheness.invalidateWhere(query), now);
    }

    private void remove(@Nullable String namespace, Runnable removal, boolean now) {
        if (!transactions.isActive()) {
            removal.run();
            return;
        }
        if (now) {
            removal.run();
        }
        transactions.remove(namespace, () -> tolerant(namespace, removal));
    }

    /** After a commit it is too late to tell the caller, and the other work of the transaction must go on. */
    void tolerant(@Nullable String namespace, Runnable removal) {
        try {
            removal.run();
        } catch (RuntimeException ex) {
            failures.record(
                    namespace == null ? "*" : namespace,
                    "results that a transaction has outdated were not removed",
                    ex);
        }
    }
}
