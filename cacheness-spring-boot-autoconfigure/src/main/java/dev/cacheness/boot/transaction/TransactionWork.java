package dev.cacheness.boot.transaction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What is to be done in the caches when one transaction ends. For one thread at a time. */
final class TransactionWork implements TransactionSynchronization, Ordered {

    private final Object resourceKey;

    private final Set<String> hidden = new HashSet<>();

    private final List<Runnable> removals = new ArrayList<>();

    private final List<Runnable> rollbackActions = new ArrayList<>();

    private boolean allHidden;

    private boolean committed;

    TransactionWork(Object resourceKey) {
        this.resourceKey = resourceKey;
    }

    boolean hides(String namespace) {
        return allHidden || hidden.contains(namespace);
    }

    /** @return false if the transaction has been committed, so that there is nothing to wait for */
    boolean removeAfterCommit(@Nullable String namespace, Runnable removal) {
        if (committed) {
            return false;
        }
        if (namespace == null) {
            allHidden = true;
        } else {
            hidden.add(namespace);
        }
        removals.add(removal);
        return true;
    }

    void onRollback(Runnable action) {
        rollbackActions.add(action);
    }

    /** Early, so that what others do after the commit finds the caches as they are to be. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResource(resourceKey);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(resourceKey, this);
    }

    @Override
    public void afterCommit() {
        committed = true;
        run(removals);
    }

    /** If nobody knows what became of the transaction, too much is removed rather than too little. */
    @Override
    public void afterCompletion(int status) {
        TransactionSynchronizationManager.unbindResourceIfPossible(resourceKey);
        if (status != STATUS_ROLLED_BACK) {
            run(removals);
        }
        if (status != STATUS_COMMITTED) {
            run(rollbackActions);
        }
    }

    private static void run(List<Runnable> actions) {
        List<Runnable> now = List.copyOf(actions);
        actions.clear();
        now.forEach(Runnable::run);
    }
}
