package dev.cacheness.internal.codec;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/** Keeps a few native contexts for the next caller. One that finds no room is closed, one that is missing is made. Thread-safe. */
final class ContextPool<C extends AutoCloseable> {

    private final Supplier<C> factory;

    private final BlockingQueue<C> idle =
            new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());

    ContextPool(Supplier<C> factory) {
        this.factory = factory;
    }

    C take() {
        C context = idle.poll();
        return context != null ? context : factory.get();
    }

    void giveBack(C context) {
        if (!idle.offer(context)) {
            close(context);
        }
    }

    private static void close(AutoCloseable context) {
        try {
            context.close();
        } catch (Exception ex) {
            throw new IllegalStateException("A native context does not close", ex);
        }
    }
}
