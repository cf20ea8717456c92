package dev.cacheness.internal.s3;

import java.io.InterruptedIOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Waits between attempts: longer each time, and for each caller another while, so that they do not come back all at once. */
final class Backoff {

    private static final long FIRST_MILLIS = 50;

    private static final int MAX_DOUBLINGS = 5;

    private Backoff() {}

    /** @param attempt 1 for the wait after the first attempt */
    static void await(int attempt) throws InterruptedIOException {
        long longest = FIRST_MILLIS << Math.min(attempt - 1, MAX_DOUBLINGS);
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Waiting to try again was interrupted");
        }
    }
}
