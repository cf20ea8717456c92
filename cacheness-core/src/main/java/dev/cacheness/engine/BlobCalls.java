package dev.cacheness.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls a blob backend on threads of its own, so that nobody waits longer than he can. After one call that did not end in time, or some that failed in a
 * row, every call fails at once, but for one now and then that finds out whether the backend is back. Thread-safe.
 */
final class BlobCalls implements AutoCloseable {

    private static final int FAILURES = 3;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** More than that many do not wait for answers that do not come. */
    private static final int THREADS = 64;

    private static final long IDLE_SECONDS = 10;

    private final Duration limit;

    private final Breaker breaker;

    private final ThreadPoolExecutor threads;

    /** @param limit how long a call may take that moves few bytes */
    BlobCalls(Duration limit, InstantSource clock) {
        this.limit = limit;
        this.breaker = new Breaker(FAILURES, PAUSE, limit, clock);
        this.threads =
                new ThreadPoolExecutor(0, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    var thread = new Thread(task, "cacheness-blobs");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    Duration limit() {
        return limit;
    }

    /** @throws IOException if the backend does not answer at present */
    void ensureAnswers() throws IOException {
        if (breaker.isOpen()) {
            throw notCalled();
        }
    }

    /**
     * Calls the backend. An interrupt neither ends the waiting nor is forgotten.
     *
     * @param late is told if the call ends after the caller has gone on; with null if it failed
     * @throws GivenUpException if it does not end in time
     * @throws IOException what the call threw, or if the backend does not answer at present
     */
    <T> T call(Duration maxWait, Call<T> call, Consumer<@Nullable T> late) throws IOException {
        if (!breaker.allows()) {
            throw notCalled();
        }
        var running = new Running<>(call, late);
        try {
            threads.execute(running);
        } catch (RejectedExecutionException ex) {
            breaker.failedSlowly();
            throw new IOException("The blob backend is closed, or does not answer " + THREADS + " calls", ex);
        }
        if (!running.await(maxWait)) {
            breaker.failedSlowly();
            throw new GivenUpException("The blob backend did not answer within " + maxWait.toMillis() + " ms");
        }
        return running.outcome();
    }

    /** Lets go of something, whether the backend answers at present or not; waits a while for that. */
    void end(Runnable ending) {
        var running = new Running<>(
                () -> {
                    ending.run();
                    return true;
                },
                late -> {});
        try {
            threads.execute(running);
        } catch (RejectedExecutionException ex) {
            ending.run();
            return;
        }
        running.await(limit);
    }

    private static IOException notCalled() {
        return new IOException("The blob backend did not answer; it is not called again for up to " + PAUSE.toMillis()
                + " ms since the last attempt");
    }

    /** What came out of a call, or nothing for those that only do something. */
    private void count(@Nullable Throwable failure) {
        if (failure == null || failure instanceof NoSuchFileException || failure instanceof EOFException) {
            breaker.succeeded();
        } else if (failure instanceof IOException && !(failure instanceof InterruptedIOException)) {
            breaker.failed();
        }
    }

    /** Calls that are on their way may end. */
    @Override
    public void close() {
        threads.shutdown();
    }

    /** A call of the backend. */
    @FunctionalInterface
    interface Call<T> {

        T run() throws IOException;
    }

    /** The call may still go on. */
    static final class GivenUpException extends IOException {

        private static final long serialVersionUID = 1L;

        GivenUpException(String message) {
            super(message);
        }
    }

    private final class Running<T> implements Runnable {

        private final Call<T> call;

        private final Consumer<@Nullable T> late;

        private final CountDownLatch done = new CountDownLatch(1);

        private @Nullable T value;

        private @Nullable Throwable failure;

        private boolean abandoned;

        Running(Call<T> call, Consumer<@Nullable T> late) {
            this.call = call;
            this.late = late;
        }

        @Override
        public void run() {
            try {
                value = call.run();
            } catch (IOException | RuntimeException | Error ex) {
                failure = ex;
            }
            boolean tooLate;
            synchronized (this) {
                done.countDown();
                tooLate = abandoned;
            }
            if (tooLate) {
                late.accept(value);
            }
        }

        boolean await(Duration maxWait) {
            long end = System.nanoTime() + maxWait.toNanos();
            boolean interrupted = false;
            boolean ended = false;
            for (long left = maxWait.toNanos(); !ended && left > 0; left = end - System.nanoTime()) {
                try {
                    ended = done.await(left, TimeUnit.NANOSECONDS);
                } catch (InterruptedException ex) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return ended || !abandon();
        }

        /** False if it ended at the last moment. */
        private synchronized boolean abandon() {
            abandoned = done.getCount() > 0;
            return abandoned;
        }

        @SuppressWarnings("NullAway") // A call that did not fail has given what it was to give.
        T outcome() throws IOException {
            count(failure);
            if (failure instanceof IOException ex) {
                throw ex;
            }
            if (failure instanceof RuntimeException ex) {
                throw ex;
            }
            if (failure instanceof Error ex) {
                throw ex;
            }
            return value;
        }
    }
}
