package dev.cacheness.internal.handler.array;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;

/** Writes elements: as they are, or as blocks that are encoded in parallel and written in order. For one thread. */
final class BlockOutput {

    private final ValueOutput out;

    private final BlockCoder coder;

    private final Workers workers;

    private final int width;

    private final Layout layout;

    private final Deque<Future<EncodedBlock>> underWay = new ArrayDeque<>();

    private long left;

    private ByteBuffer buffer;

    /** @param total how many bytes of elements will come */
    BlockOutput(ValueOutput out, BlockCoder coder, Workers workers, int width, long total) throws IOException {
        this.out = out;
        this.coder = coder;
        this.workers = workers;
        this.width = width;
        this.left = total;
        this.layout = coder.compresses() ? Layout.BLOCKS : Layout.CONTIGUOUS;
        out.writeLong(total);
        out.writeByte(layout.ordinal());
        if (layout == Layout.CONTIGUOUS) {
            writePadding();
        }
        buffer = nextBuffer();
    }

    /** Room for at least one element, as long as not all have come. */
    ByteBuffer room() throws IOException {
        if (!buffer.hasRemaining()) {
            endBlock();
        }
        return buffer;
    }

    /** Ends the elements. */
    void finish() throws IOException {
        if (buffer.position() > 0) {
            endBlock();
        }
        while (!underWay.isEmpty()) {
            writeFirst();
        }
        if (left != 0) {
            throw new IllegalStateException(left + " bytes of elements are missing");
        }
    }

    private void writePadding() throws IOException {
        int padding = (int) -(out.position() + 1) & (Layout.ALIGNMENT - 1);
        out.writeByte(padding);
        out.write(new byte[padding]);
    }

    private void endBlock() throws IOException {
        byte[] bytes = buffer.array();
        int length = buffer.position();
        left -= length;
        if (layout == Layout.CONTIGUOUS) {
            out.write(bytes, 0, length);
            buffer.clear().limit((int) Math.min(left, buffer.capacity()));
            return;
        }
        boolean only = left == 0 && underWay.isEmpty();
        if (only) {
            write(coder.encode(bytes, length, width));
        } else {
            underWay.add(workers.submit(() -> coder.encode(bytes, length, width)));
        }
        if (underWay.size() >= Workers.WINDOW) {
            writeFirst();
        }
        buffer = nextBuffer();
    }

    private void writeFirst() throws IOException {
        write(Workers.await(underWay.remove()));
    }

    private void write(EncodedBlock block) throws IOException {
        out.writeByte(block.form());
        out.writeInt(block.length());
        out.write(block.bytes(), 0, block.length());
    }

    private ByteBuffer nextBuffer() {
        return ByteBuffer.allocate((int) Math.min(left, BlockCoder.BLOCK_SIZE)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
