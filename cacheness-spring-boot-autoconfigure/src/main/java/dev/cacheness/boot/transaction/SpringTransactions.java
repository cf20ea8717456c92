package dev.cacheness.boot.transaction;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Finds the work that is bound to the transaction of the thread. Loaded only where the library is there. */
final class SpringTransactions {

    boolean isActive() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.isSynchronizationActive();
    }

    boolean hides(String namespace) {
        TransactionWork work = present();
        return work != null && work.hides(namespace);
    }

    /** @return false if there is no transaction to wait for */
    boolean removeAfterCommit(@Nullable String namespace, Runnable removal) {
        if (!isActive()) {
            return false;
        }
        return work().removeAfterCommit(namespace, removal);
    }

    void onRollback(Runnable action) {
        if (isActive()) {
            work().onRollback(action);
        }
    }

    private @Nullable TransactionWork present() {
        return isActive() ? (TransactionWork) TransactionSynchronizationManager.getResource(this) : null;
    }

    private TransactionWork work() {
        TransactionWork present = present();
        if (present != null) {
            return present;
        }
        TransactionWork work = new TransactionWork(this);
        TransactionSynchronizationManager.registerSynchronization(work);
        TransactionSynchronizationManager.bindResource(this, work);
        return work;
    }
}
