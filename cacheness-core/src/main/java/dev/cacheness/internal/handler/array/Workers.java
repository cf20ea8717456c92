package dev.cacheness.internal.handler.array;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Encodes and decodes blocks beside the thread that moves them, and helps to read them. The threads end when there was nothing to do for a while. */
final class Workers implements Executor {

    static final int CORES = Runtime.getRuntime().availableProcessors();

    /** How many blocks are under way at most: enough to keep all cores at work, and what bounds the heap. */
    static final int WINDOW = Math.min(2 * CORES, 8);

    /** How many threads fill one array. Each has blocks of its own on the heap, and beside the array that is to be less than 8 MiB. */
    static final int READERS = Math.min(CORES, 4);

    private final ExecutorService coders = pool(CORES);

    /** Not one thread more than can help one caller: the one that helped last is then the one that helps again, on a core where it is at home. */
    private final ExecutorService readers = pool(Math.max(1, READERS - 1));

    /** Runs a task that helps to read. */
    @Override
    public void execute(Runnable task) {
        readers.execute(task);
    }

    Future<?> submit(Runnable task) {
        return coders.submit(task);
    }

    <T> Future<T> submit(Callable<T> task) {
        return coders.submit(task);
    }

    /** The result of a task; what it threw is thrown here. */
    static <T> T await(Future<T> task) throws IOException {
        try {
            return task.get();
        } catch (ExecutionException ex) {
            if (ex.getCause() instanceof RuntimeException known) {
                throw known;
            }
            if (ex.getCause() instanceof Error error) {
                throw error;
            }
            throw new UncheckedIOException(new IOException(ex.getCause()));
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a block of an array was worked on", ex);
        }
    }

    private static ExecutorService pool(int threads) {
        var pool = new ThreadPoolExecutor(
                threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Workers::daemon);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "cacheness-array");
        thread.setDaemon(true);
        return thread;
    }
}
