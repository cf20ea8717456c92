package dev.cacheness.internal.store;

import dev.cacheness.spi.ParallelInput.Target;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hands out whole blocks of a value. Each thread takes the next block that nobody has taken, until none is left or one has failed. Helpers that come after the end
 * find nothing to do, so nobody waits for a thread that has not begun.
 */
final class BlockTransfer {

    /** How many blocks a thread reads at most before there is a place for them. */
    private static final int AHEAD = 2;

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

    /**
     * @param first what the caller does before it takes blocks, while the helpers already do
     * @param spare memory that nobody needs after that
     */
    void run(Executor helpers, int helperCount, FirstPiece first, byte[] spare) throws IOException {
        for (int i = 0; i < Math.min(helperCount, endBlock - firstBlock - 1); i++) {
            helpers.execute(this::help);
        }
        try {
            first.handOut();
        } catch (IOException | RuntimeException | Error ex) {
            failure.compareAndSet(null, ex);
        }
        work(new Pieces(spare));
        awaitHelpers();
        rethrow(failure.get());
    }

    private void help() {
        if (enter()) {
            try {
                work(new Pieces(new byte[0]));
            } finally {
                leave();
            }
        }
    }

    private void work(Pieces pieces) {
        try {
            for (int block = next.getAndIncrement(); block < endBlock; block = next.getAndIncrement()) {
                if (failure.get() != null) {
                    return;
                }
                pieces.read(block);
                if (pieces.areEnough() || target.isReady()) {
                    pieces.handOut();
                }
            }
            pieces.handOut();
        } catch (IOException | RuntimeException | Error ex) {
            failure.compareAndSet(null, ex);
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

    /** Blocks that were read and verified but have no place yet. For one thread. */
    private final class Pieces {

        private final Scratch stored = new Scratch();

        private final Deque<Piece> waiting = new ArrayDeque<>();

        private final Deque<byte[]> spares = new ArrayDeque<>();

        Pieces(byte[] spare) {
            spares.add(spare);
        }

        void read(int block) throws IOException {
            int length = blocks.rawLength(block);
            byte[] spare = spares.poll();
            byte[] raw = spare != null && spare.length >= length ? spare : new byte[length];
            blocks.read(block, raw, 0, stored);
            waiting.add(new Piece(block, raw, length));
        }

        boolean areEnough() {
            return waiting.size() == AHEAD;
        }

        void handOut() throws IOException {
            while (!waiting.isEmpty()) {
                Piece piece = waiting.remove();
                long position = firstPosition + (long) (piece.block - firstBlock) * Blocks.SIZE;
                target.accept(position, piece.bytes, 0, piece.length);
                spares.add(piece.bytes);
            }
        }
    }

    private record Piece(int block, byte[] bytes, int length) {}

    /** Hands out what is left of a block that was read before. */
    @FunctionalInterface
    interface FirstPiece {

        void handOut() throws IOException;
    }
}
