package dev.cacheness.internal.store;

import dev.cacheness.spi.BlobBackend.BlobReader;
import dev.cacheness.spi.Codec;
import dev.cacheness.spi.ParallelInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Gives the bytes of one value, block by block, each verified before the first byte of it is given. For one thread.
 *
 * <p>Throws {@link CorruptValueException} where the bytes are not those that were written, and any other {@link IOException} where they could not be had.
 */
final class ValueSource extends InputStream implements ParallelInput {

    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private final BlockReader blocks;

    private final Scratch stored = new Scratch();

    private int nextBlock;

    private byte[] current = new byte[0];

    private int offset;

    private int limit;

    private long position;

    /** @param codec null if no block is compressed */
    ValueSource(Blocks blocks, BlobReader reader, @Nullable Codec codec, boolean verify) throws CorruptValueException {
        this.blocks = new BlockReader(blocks, reader, codec, verify);
    }

    @Override
    public int read() throws IOException {
        if (!fill()) {
            return -1;
        }
        position++;
        return current[offset++] & 0xff;
    }

    @Override
    public int read(byte[] target, int targetOffset, int length) throws IOException {
        Objects.checkFromIndexSize(targetOffset, length, target.length);
        if (length == 0) {
            return 0;
        }
        // A whole block that is stored as it is can go where it is wanted at once; it is verified there before this
        // returns.
        if (offset == limit
                && nextBlock < blocks.count()
                && length >= blocks.rawLength(nextBlock)
                && !blocks.isCompressed(nextBlock)) {
            int raw = blocks.rawLength(nextBlock);
            blocks.read(nextBlock, target, targetOffset, stored);
            nextBlock++;
            position += raw;
            return raw;
        }
        if (!fill()) {
            return -1;
        }
        int part = Math.min(length, limit - offset);
        System.arraycopy(current, offset, target, targetOffset, part);
        advance(part);
        return part;
    }

    /** Without the many small pieces that the JDK would put together. How long the value is has been checked. */
    @Override
    public byte[] readAllBytes() throws IOException {
        if (remaining() > MAX_ARRAY) {
            return super.readAllBytes();
        }
        byte[] all = new byte[(int) remaining()];
        int count = readNBytes(all, 0, all.length);
        return count == all.length ? all : Arrays.copyOf(all, count);
    }

    @Override
    public int available() {
        return limit - offset;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long remaining() {
        return blocks.rawSize() - position;
    }

    @Override
    public void transfer(long length, Executor helpers, int helperCount, Target target) throws IOException {
        if (length > remaining()) {
            throw new EOFException("The value ends " + (length - remaining()) + " bytes early");
        }
        long start = position;
        long end = start + length;
        int rest = (int) Math.min(limit - offset, length);
        int endBlock = Math.max(nextBlock, endBlock(end));
        new BlockTransfer(blocks, nextBlock, endBlock, rest, target)
                .run(helpers, helperCount, () -> handOut(0, rest, target), current);
        if (nextBlock < endBlock) {
            nextBlock = endBlock;
            position = Math.min(blocks.rawSize(), (long) endBlock * Blocks.SIZE);
        }
        if (position < end) {
            fill();
            handOut(position - start, (int) (end - position), target);
        }
    }

    @Override
    public void close() {
        blocks.close();
    }

    /** The first block that does not end there or before. */
    private int endBlock(long end) {
        return (int) (end == blocks.rawSize() ? blocks.count() : end / Blocks.SIZE);
    }

    private void handOut(long given, int length, Target target) throws IOException {
        if (length > 0) {
            target.accept(given, current, offset, length);
            advance(length);
        }
    }

    private void advance(int by) {
        offset += by;
        position += by;
    }

    private boolean fill() throws IOException {
        if (offset < limit) {
            return true;
        }
        if (nextBlock == blocks.count()) {
            return false;
        }
        int raw = blocks.rawLength(nextBlock);
        if (current.length < raw) {
            current = new byte[raw];
        }
        blocks.read(nextBlock, current, 0, stored);
        nextBlock++;
        offset = 0;
        limit = raw;
        return raw > 0;
    }
}
