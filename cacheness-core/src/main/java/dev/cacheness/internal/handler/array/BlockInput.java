package dev.cacheness.internal.handler.array;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.spi.ParallelInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Reads elements: in order, or all at once into the arrays that they belong into. Whatever takes time is done in parallel where it can be. For one
 * thread.
 */
final class BlockInput {

    private final ValueInput in;

    private final BlockCoder coder;

    private final Workers workers;

    private final int width;

    private final Layout layout;

    private final long total;

    private final Spares spares;

    /** Blocks that were read before there was a place for what is in them. */
    private final Deque<EncodedBlock> ahead = new ArrayDeque<>();

    /** Bytes of elements that are not yet read. */
    private long left;

    /** Bytes of elements in blocks that are not yet decoded. */
    private long undecoded;

    private ByteBuffer buffer = ByteBuffer.allocate(0);

    BlockInput(ValueInput in, BlockCoder coder, Workers workers, int width) throws IOException {
        this.in = in;
        this.coder = coder;
        this.workers = workers;
        this.width = width;
        total = in.readLong();
        if (total < 0 || total % width != 0) {
            throw new CacheSerializationException("An array cannot have " + total + " bytes of elements");
        }
        layout = in.hasLayouts() ? Layout.ofCode(in.readUnsignedByte()) : Layout.BLOCKS;
        if (layout == Layout.CONTIGUOUS) {
            in.skipNBytes(in.readUnsignedByte());
        }
        left = total;
        undecoded = total;
        spares = new Spares((int) Math.min(total, BlockCoder.BLOCK_SIZE));
    }

    /** How many bytes of elements there are. */
    long total() {
        return total;
    }

    /** Makes sure that there are bytes, so that a length alone is not believed. */
    void prefetch() throws IOException {
        ParallelInput parallel = parallel();
        if (parallel != null) {
            if (parallel.remaining() < total) {
                throw new CacheSerializationException("An array ends before its elements do");
            }
            return;
        }
        while (left > 0 && ahead.size() < Workers.WINDOW) {
            ahead.add(readBlock());
        }
    }

    /** The next elements, at least one. */
    ByteBuffer next() throws IOException {
        if (!buffer.hasRemaining()) {
            if (undecoded == 0) {
                throw new CacheSerializationException("An array ends before its elements do");
            }
            if (buffer.capacity() > 0) {
                spares.giveBack(buffer.array());
            }
            int length = (int) Math.min(undecoded, BlockCoder.BLOCK_SIZE);
            byte[] elements = coder.decode(nextBlock(), length, width, spares);
            undecoded -= length;
            buffer = ByteBuffer.wrap(elements, 0, length).order(ByteOrder.LITTLE_ENDIAN);
        }
        return buffer;
    }

    /** Sets all elements. To be called instead of {@link #next}. */
    void readAll(Leaves leaves) throws IOException {
        ParallelInput parallel = parallel();
        if (parallel == null) {
            decodeAll(leaves);
            return;
        }
        parallel.transfer(total, workers, Workers.READERS - 1, leaves.fromPieces());
    }

    /** The stream, if pieces of it are nothing but whole elements. */
    private @Nullable ParallelInput parallel() {
        ParallelInput parallel = layout == Layout.CONTIGUOUS ? in.parallel() : null;
        return parallel != null && parallel.position() % width == 0 ? parallel : null;
    }

    private void decodeAll(Leaves leaves) throws IOException {
        Deque<Future<?>> underWay = new ArrayDeque<>();
        for (long position = 0; position < total; position += BlockCoder.BLOCK_SIZE) {
            EncodedBlock block = nextBlock();
            long element = position / width;
            int length = (int) Math.min(total - position, BlockCoder.BLOCK_SIZE);
            while (!underWay.isEmpty() && underWay.element().isDone()) {
                Workers.await(underWay.remove());
            }
            // Whoever reads the blocks decodes, too, when the others have enough to do or nothing else is left.
            if (underWay.size() >= Workers.CORES || position + length == total) {
                decode(block, length, element, leaves);
            } else {
                underWay.add(workers.submit(() -> decode(block, length, element, leaves)));
            }
        }
        for (Future<?> task : underWay) {
            Workers.await(task);
        }
    }

    private void decode(EncodedBlock block, int length, long element, Leaves leaves) {
        byte[] elements = coder.decode(block, length, width, spares);
        leaves.set(element, elements, 0, length);
        spares.giveBack(elements);
    }

    private EncodedBlock nextBlock() throws IOException {
        EncodedBlock block = ahead.poll();
        return block != null ? block : readBlock();
    }

    private EncodedBlock readBlock() throws IOException {
        int length = (int) Math.min(left, BlockCoder.BLOCK_SIZE);
        int form = BlockCoder.RAW;
        int stored = length;
        if (layout == Layout.BLOCKS) {
            form = in.readUnsignedByte();
            stored = in.readInt();
        }
        if (stored < 0 || stored > length) {
            throw new CacheSerializationException("A block of " + length + " bytes cannot be stored as " + stored);
        }
        byte[] bytes = spares.take();
        in.readFully(bytes, 0, stored);
        left -= length;
        return new EncodedBlock(form, bytes, stored);
    }
}
