package dev.cacheness.boot.transaction;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * The transaction of the calling thread, if there is one and Spring manages it. What is removed from a cache in a transaction is removed when that commits;
 * until then the transaction does not look at what it has removed, so that it sees what it has written. Thread-safe.
 */
public final class CacheTransactions {

    private static final String NEEDED = "org.springframework.transaction.support.TransactionSynchronizationManager";

    private final @Nullable SpringTransactions spring;

    /** With Spring's transactions where the library for them is there. */
    public CacheTransactions() {
        this.spring = ClassUtils.isPresent(NEEDED, CacheTransactions.class.getClassLoader())
                ? new SpringTransactions()
                : null;
    }

    /** Whether the thread is in a transaction. */
    public boolean isActive() {
        return spring != null && spring.isActive();
    }

    /** Whether the transaction has removed something of that namespace, so that what is cached is not what the transaction would see. */
    public boolean hides(String namespace) {
        return spring != null && spring.hides(namespace);
    }

    /**
     * Removes something from a cache: after the commit, or at once if there is no transaction.
     *
     * @param namespace what it may be removed from, null for all
     * @param removal must not throw if it is run after a commit
     */
    public void remove(@Nullable String namespace, Runnable removal) {
        if (spring == null || !spring.removeAfterCommit(namespace, removal)) {
            removal.run();
        }
    }

    /** Does something if the transaction is rolled back; nothing if there is none. */
    public void onRollback(Runnable action) {
        if (spring != null) {
            spring.onRollback(action);
        }
    }
}
