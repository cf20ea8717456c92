package dev.cacheness.boot.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A value on its way into a cache, from a load or from a put that another thread carries out. A removal of the key in between cancels it. */
final class PendingWrite {

    private final CompletableFuture<@Nullable Object> value = new CompletableFuture<>();

    private final ReentrantLock lock = new ReentrantLock();

    private boolean cancelled;

    private volatile boolean begun;

    /** The value as the caller knows it; completed even if the write is cancelled. */
    CompletableFuture<@Nullable Object> value() {
        return value;
    }

    /** The value is there and is on its way into the cache. */
    void begin() {
        begun = true;
    }

    boolean hasBegun() {
        return begun;
    }

    /** Writes, unless cancelled before. */
    void run(Runnable write) {
        lock.lock();
        try {
            if (!cancelled) {
                write.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Once this returns, the write is done or will never be. */
    void cancel() {
        lock.lock();
        try {
            cancelled = true;
        } finally {
            lock.unlock();
        }
    }
}
