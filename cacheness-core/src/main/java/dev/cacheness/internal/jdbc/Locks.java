package dev.cacheness.internal.jdbc;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/** Takes a lock within a time, whether the thread is interrupted or not. */
final class Locks {

    private Locks() {}

    /** Whether the lock was taken. An interrupt meanwhile neither ends the waiting nor is forgotten. */
    static boolean tryLock(Lock lock, Duration maxWait) {
        if (lock.tryLock()) {
            return true;
        }
        long deadline = System.nanoTime() + maxWait.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return lock.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
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
}
