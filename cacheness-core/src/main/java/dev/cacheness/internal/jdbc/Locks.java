package dev.cacheness.internal.jdbc;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/** Takes a lock or a permit, or waits for something, within a time, whether the thread is interrupted or not. */
final class Locks {

    private Locks() {}

    /** Whether the lock was taken. An interrupt meanwhile neither ends the waiting nor is forgotten. */
    static boolean tryLock(Lock lock, Duration maxWait) {
        return lock.tryLock() || within(maxWait, nanos -> lock.tryLock(nanos, TimeUnit.NANOSECONDS));
    }

    /** Whether a permit was got. Fair, and otherwise as {@link #tryLock}. */
    static boolean tryAcquire(Semaphore permits, Duration maxWait) {
        return within(maxWait, nanos -> permits.tryAcquire(nanos, TimeUnit.NANOSECONDS));
    }

    /** Waits until the latch is open, or the time is up. An interrupt neither ends the waiting nor is forgotten. */
    static boolean await(CountDownLatch latch, Duration maxWait) {
        return within(maxWait, nanos -> latch.await(nanos, TimeUnit.NANOSECONDS));
    }

    /** Waits until the thread has ended, or the time is up; otherwise as {@link #await}. */
    static boolean join(Thread thread, Duration maxWait) {
        return within(maxWait, nanos -> {
            // 0 would be for ever.
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
            return !thread.isAlive();
        });
    }

    private static boolean within(Duration maxWait, Attempt attempt) {
        long deadline = System.nanoTime() + maxWait.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return attempt.succeeds(deadline - System.nanoTime());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @FunctionalInterface
    private interface Attempt {

        boolean succeeds(long nanos) throws InterruptedException;
    }
}
