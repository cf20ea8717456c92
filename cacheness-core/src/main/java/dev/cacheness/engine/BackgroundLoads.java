package dev.cacheness.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs loads in threads of its own, one for each key at a time, and a bounded number of them. Thread-safe. */
final class BackgroundLoads implements AutoCloseable {

    private static final int REFRESH_THREADS = 4;

    private static final int WAITING_REFRESHES = 1_000;

    private static final int TIMED_THREADS = 64;

    private static final Duration IDLE_THREAD = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ThreadPoolExecutor executor;

    private final Map<String, Running> running = new ConcurrentHashMap<>();

    private BackgroundLoads(String threadName, int threads, BlockingQueue<Runnable> queue) {
        this.executor =
                new ThreadPoolExecutor(threads, threads, IDLE_THREAD.toMillis(), TimeUnit.MILLISECONDS, queue, task -> {
                    var thread = new Thread(task, threadName);
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    /** For loads that nobody waits for; they may stand in line. */
    static BackgroundLoads forRefreshes() {
        return new BackgroundLoads("cacheness-refresh", REFRESH_THREADS, new LinkedBlockingQueue<>(WAITING_REFRESHES));
    }

    /** For loads that somebody waits for; they begin at once or not at all. */
    static BackgroundLoads forTimedLoads() {
        return new BackgroundLoads("cacheness-load", TIMED_THREADS, new SynchronousQueue<>());
    }

    /** The load of the key that runs already, or else this one, which then runs; null if there is no room for it. */
    @Nullable
    Running start(String digest, Callable<?> load) {
        var own = new Running(List.of(digest), false, load);
        Running other = running.putIfAbsent(digest, own);
        if (other != null && !other.ofMany) {
            return other;
        }
        if (other != null) {
            // What comes of it is not what is wanted here, but its loader must not wait for itself.
            other.refuseOwnThread();
        }
        try {
            executor.execute(own);
            return own;
        } catch (RejectedExecutionException ex) {
            running.remove(digest, own);
            own.end(null, ex);
            return null;
        }
    }

    /**
     * A load of several keys in a thread; null if there is no room for it.
     *
     * @throws IllegalStateException if it is wanted by the loader of one of the keys
     */
    @Nullable
    Running startAll(Collection<String> digests, Callable<?> load) {
        var own = new Running(digests, true, load);
        for (String digest : digests) {
            Running other = running.get(digest);
            if (other != null) {
                other.refuseOwnThread();
            }
        }
        digests.forEach(digest -> running.putIfAbsent(digest, own));
        try {
            executor.execute(own);
            return own;
        } catch (RejectedExecutionException ex) {
            own.forget();
            own.end(null, ex);
            return null;
        }
    }

    boolean isRunning(String digest) {
        return running.containsKey(digest);
    }

    /** Loads that are under way may still end; those that stand in line are dropped. */
    @Override
    public void close() {
        executor.getQueue().clear();
        executor.shutdown();
        try {
            executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** A load under way. */
    final class Running implements Runnable {

        private final Collection<String> digests;

        /** Whether what comes of it are values by key. */
        private final boolean ofMany;

        private final Callable<?> load;

        private final CountDownLatch ended = new CountDownLatch(1);

        private volatile @Nullable Thread thread;

        // Written before the latch opens, read after.
        private @Nullable Object value;

        private @Nullable Throwable failure;

        Running(Collection<String> digests, boolean ofMany, Callable<?> load) {
            this.digests = digests;
            this.ofMany = ofMany;
            this.load = load;
        }

        @Override
        public void run() {
            thread = Thread.currentThread();
            Object loaded = null;
            Throwable thrown = null;
            try {
                loaded = load.call();
            } catch (Throwable ex) {
                thrown = ex;
            } finally {
                forget();
                end(loaded, thrown);
            }
        }

        private void forget() {
            digests.forEach(digest -> running.remove(digest, this));
        }

        private void end(@Nullable Object loaded, @Nullable Throwable thrown) {
            value = loaded;
            failure = thrown;
            thread = null;
            ended.countDown();
        }

        private void refuseOwnThread() {
            if (thread == Thread.currentThread()) {
                throw new IllegalStateException(
                        "The loader of key " + String.join(", ", digests) + " asks for the key that it is loading");
            }
        }

        /**
         * Waits for the end.
         *
         * @param time null for as long as it takes
         * @return whether it came
         * @throws IllegalStateException if the load itself asks
         */
        boolean await(@Nullable Duration time) {
            refuseOwnThread();
            long end = time == null ? 0 : System.nanoTime() + time.toNanos();
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        if (time == null) {
                            ended.await();
                            return true;
                        }
                        return ended.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                    } catch (InterruptedException ex) {
                        interrupted = true;
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        /** What the load returned or threw, after its end; what it may throw is part of the caller's own declaration. */
        @SuppressWarnings("unchecked")
        <T> T outcome() {
            if (failure != null) {
                throw Running.<RuntimeException>unchecked(failure);
            }
            return (T) Objects.requireNonNull(value);
        }

        @SuppressWarnings("unchecked")
        private static <X extends Throwable> X unchecked(Throwable failure) throws X {
            throw (X) failure;
        }
    }
}
