package dev.cacheness.sql;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waiting that can be interrupted. */
final class Pauses {

    private Pauses() {}

    /** @throws InterruptedException if the thread is interrupted meanwhile */
    static void nanos(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(Math.min(end - System.nanoTime(), TimeUnit.SECONDS.toNanos(1)));
            if (Thread.interrupted()) {
                throw new InterruptedException("Interrupted while waiting");
            }
        }
    }
}
