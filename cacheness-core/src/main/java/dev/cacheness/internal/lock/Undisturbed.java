package dev.cacheness.internal.lock;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Runs what opens and locks a channel in a thread that nobody else knows: an interrupt closes the channel that the interrupted thread is working with, and with
 * it goes the lock.
 */
public final class Undisturbed {

    private Undisturbed() {}

    /**
     * Runs the task and waits for its end. An interrupt of the caller is kept until then.
     *
     * @param file what is locked, for the message
     * @throws IOException if the task threw a checked exception; an unchecked one comes as it is
     */
    public static <T> T call(String file, Callable<T> task) throws IOException {
        var future = new FutureTask<T>(task);
        var thread = new Thread(future, "cacheness-lock");
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException ex) {
                    interrupted = true;
                } catch (ExecutionException ex) {
                    throw failed(file, ex.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static IOException failed(String file, @Nullable Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return new IOException("The " + file + " could not be locked: " + cause, cause);
    }
}
