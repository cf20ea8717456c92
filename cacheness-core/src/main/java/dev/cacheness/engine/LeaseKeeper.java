package dev.cacheness.engine;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.spi.LoadLeases;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Renews leases for as long as their loads take, three times in each lease, by one thread. Thread-safe. */
final class LeaseKeeper implements AutoCloseable {

    private final LoadLeases leases;

    private final Duration leaseTime;

    private final FailureLog failures;

    private final ScheduledThreadPoolExecutor executor;

    LeaseKeeper(LoadLeases leases, Duration leaseTime, FailureLog failures) {
        this.leases = leases;
        this.leaseTime = leaseTime;
        this.failures = failures;
        this.executor = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "cacheness-leases");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
    }

    Kept keep(String digest, String token) {
        long interval = Math.max(1, leaseTime.toMillis() / 3);
        try {
            Future<?> renewals =
                    executor.scheduleAtFixedRate(() -> renew(digest, token), interval, interval, TimeUnit.MILLISECONDS);
            return () -> renewals.cancel(false);
        } catch (RejectedExecutionException ex) {
            // The cache is being closed; the load may still end within the lease.
            return () -> {};
        }
    }

    /** A lease that was lost is not lost on the caller: only what it loads is not stored. */
    private void renew(String digest, String token) {
        try {
            if (!leases.renew(digest, token, leaseTime)) {
                failures.warn(
                        "lease-lost",
                        "The lease of key " + digest + " ended before its load did, because this process stood still"
                                + " or could not reach the index; another one loads it, and what is loaded here is not stored",
                        null);
            }
        } catch (CacheMetadataException ex) {
            failures.warn("lease", "The lease of key " + digest + " could not be renewed", ex);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** A lease that is being renewed. */
    @FunctionalInterface
    interface Kept {

        /** Renews it no more. */
        void end();
    }
}
