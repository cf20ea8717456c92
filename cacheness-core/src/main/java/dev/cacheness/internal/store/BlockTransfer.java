package dev.cacheness.internal.store;

import dev.cacheness.spi.ParallelInput.Target;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hands out whole blocks of a value. Each thread takes the next block that nobody has taken, until none is left or one has failed. Helpers that come after the end
 * find nothing to do, so nobody waits for a thread that has not begun.
 */
final class BlockTransfer {

    private final BlockReader blocks;

    private final int firstBlock;

    private final int endBlock;

    private final long firstPosition;

    private final Target target;

    private final AtomicInteger next;

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private int helping;

    private boolean over;

    /** @param firstPosition what the target is told for the first byte of the first block */
    BlockTransfer(BlockReader blocks, int firstBlock, int endBlock, long firstPosition, Target target) {
        this.blocks = blocks;
        this.firstBlock = firstBlock;
        this.endBlock = endBlock;
        this.firstPosition = firstPosition;
        this.target = target;
        this.next = new AtomicInteger(firstBlock);
    }

    void run(Executor helpers, int helperCount) throws IOException {
        for (int i = 0; i < Math.min(helperCount, endBlock - firstBlock - 1); i++) {
            helpers.execute(this::help);
        }
        work();
        awaitHelpers();
        rethrow(failure.get());
    }

    private void help() {
        if (enter()) {
            try {
                work();
            } finally {
                leave();
            }
        }
    }

    private void work() {
        Scratch stored = new Scratch();
        byte[] raw = new byte[0];
        int block = next.getAndIncrement();
        while (block < endBlock && failure.get() == null) {
            try {
                int length = blocks.rawLength(block);
                raw = raw.length < length ? new byte[length] : raw;
                blocks.read(block, raw, 0, stored);
                target.accept(firstPosition + (long) (block - firstBlock) * Blocks.SIZE, raw, 0, length);
            } catch (IOException | RuntimeException | Error ex) {
                failure.compareAndSet(null, ex);
            }
            block = next.getAndIncrement();
        }
    }

    private synchronized boolean enter() {
        if (over) {
            return false;
        }
        helping++;
        return true;
    }

    private synchronized void leave() {
        helping--;
        notifyAll();
    }

    /** Helpers write where the caller will look, so they are waited for whatever happens. */
    private synchronized void awaitHelpers() {
        over = true;
        boolean interrupted = false;
        while (helping > 0) {
            try {
                wait();
            } catch (InterruptedException ex) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void rethrow(@Nullable Throwable failure) throws IOException {
        if (failure instanceof IOException io) {
            throw io;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }
}
