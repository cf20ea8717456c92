package dev.cacheness.internal.handler.array;

import dev.cacheness.CacheSerializationException;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** Reads elements from blocks, which are decoded in parallel. For one thread. */
final class BlockInput {

    private final DataInputStream in;

    private final BlockCoder coder;

    private final Workers workers;

    private final int width;

    private final Deque<Future<byte[]>> underWay = new ArrayDeque<>();

    private final long total;

    /** Bytes of elements in blocks that are not yet read. */
    private long left;

    private ByteBuffer buffer = ByteBuffer.allocate(0);

    BlockInput(DataInputStream in, BlockCoder coder, Workers workers, int width) throws IOException {
        this.in = in;
        this.coder = coder;
        this.workers = workers;
        this.width = width;
        total = in.readLong();
        if (total < 0 || total % width != 0) {
            throw new CacheSerializationException("An array cannot have " + total + " bytes of elements");
        }
        left = total;
    }

    /** How many bytes of elements there are. */
    long total() {
        return total;
    }

    /** Reads the first blocks, as many as are decoded at once. */
    void prefetch() throws IOException {
        while (left > 0 && underWay.size() < Workers.WINDOW) {
            readBlock();
        }
    }

    /** The next elements, at least one. */
    ByteBuffer next() throws IOException {
        if (!buffer.hasRemaining()) {
            prefetch();
            if (underWay.isEmpty()) {
                throw new CacheSerializationException("An array ends before its elements do");
            }
            buffer = ByteBuffer.wrap(Workers.await(underWay.remove())).order(ByteOrder.LITTLE_ENDIAN);
        }
        return buffer;
    }

    private void readBlock() throws IOException {
        int length = (int) Math.min(left, BlockCoder.BLOCK_SIZE);
        int form = in.readUnsignedByte();
        int stored = in.readInt();
        if (stored < 0 || stored > length) {
            throw new CacheSerializationException("A block of " + length + " bytes cannot be stored as " + stored);
        }
        byte[] bytes = new byte[stored];
        in.readFully(bytes);
        left -= length;
        EncodedBlock block = new EncodedBlock(form, bytes, stored);
        if (left == 0 && underWay.isEmpty()) {
            byte[] decoded = coder.decode(block, length, width);
            underWay.add(CompletableFuture.completedFuture(decoded));
        } else {
            underWay.add(workers.submit(() -> coder.decode(block, length, width)));
        }
    }
}
