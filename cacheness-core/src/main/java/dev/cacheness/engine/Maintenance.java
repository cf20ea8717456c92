package dev.cacheness.engine;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one background thread of a cache. What fails in it is logged and tried again the next time. */
final class Maintenance implements Executor, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ScheduledThreadPoolExecutor executor;

    private final FailureLog failures;

    Maintenance(FailureLog failures) {
        this.failures = failures;
        this.executor = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "cacheness-maintenance");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    void every(Duration interval, Runnable task) {
        executor.scheduleWithFixedDelay(guarded(task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs the task soon; after {@link #close} it is dropped. */
    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(guarded(task));
        } catch (RejectedExecutionException ex) {
            if (!executor.isShutdown()) {
                throw ex;
            }
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                failures.warn("maintenance", "Maintenance did not end within " + PATIENCE, null);
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException ex) {
                failures.warn("maintenance", "Maintenance failed and will be tried again", ex);
            }
        };
    }
}
