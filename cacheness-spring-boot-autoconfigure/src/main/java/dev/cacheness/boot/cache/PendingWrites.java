package dev.cacheness.boot.cache;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The values that are on their way into one cache, one for each key. Threads that must not block hand the work on. Thread-safe. */
final class PendingWrites {

    private final Map<Object, PendingWrite> writes = new ConcurrentHashMap<>();

    private final Executor executor;

    PendingWrites(Executor executor) {
        this.executor = executor;
    }

    /** The write of the key that there is already; null if there was none, and this one is it. */
    @Nullable
    PendingWrite begin(Object key, PendingWrite write) {
        return writes.putIfAbsent(key, write);
    }

    /** Puts a write in the place of the one that there is, which will not be made any more. */
    void replace(Object key, PendingWrite write) {
        PendingWrite former = writes.put(key, write);
        if (former != null) {
            former.cancel();
        }
    }

    /** Makes a write unless it was cancelled, and ends it. */
    void run(Object key, PendingWrite write, Runnable store) {
        blocking(() -> {
            try {
                write.run(store);
            } finally {
                end(key, write);
            }
        });
    }

    void end(Object key, PendingWrite write) {
        writes.remove(key, write);
    }

    void cancel(Object key) {
        PendingWrite pending = writes.remove(key);
        if (pending != null) {
            pending.cancel();
        }
    }

    void cancelAll() {
        writes.forEach((key, pending) -> {
            end(key, pending);
            pending.cancel();
        });
    }

    /** Runs what may wait for a disk, here if the thread may do so. */
    void blocking(Runnable work) {
        if (NonBlockingThreads.isCurrent()) {
            execute(work);
        } else {
            work.run();
        }
    }

    void execute(Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException ex) {
            work.run();
        }
    }
}
