package dev.cacheness.internal.store;

import dev.cacheness.CacheCompressionException;
import dev.cacheness.spi.BlobBackend.BlobReader;
import dev.cacheness.spi.Codec;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives the bytes of one value, block by block, each verified before the first byte of it is given. For one thread.
 *
 * <p>Throws {@link CorruptValueException} where the bytes are not those that were written, and any other {@link IOException} where they could not be had.
 */
final class ValueSource extends InputStream {

    private final Blocks blocks;

    private final BlobReader reader;

    private final @Nullable Codec codec;

    private final boolean verify;

    private int nextBlock;

    private long storedPosition;

    private byte[] stored = new byte[0];

    private byte[] current = new byte[0];

    private int position;

    private int limit;

    /** @param codec null if no block is compressed */
    ValueSource(Blocks blocks, BlobReader reader, @Nullable Codec codec, boolean verify) throws CorruptValueException {
        if (reader.size() != blocks.storedSize()) {
            throw CorruptValueException.ofSize(reader.size(), blocks.storedSize());
        }
        this.blocks = blocks;
        this.reader = reader;
        this.codec = codec;
        this.verify = verify;
    }

    @Override
    public int read() throws IOException {
        return fill() ? current[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        // A whole block that is stored as it is can go where it is wanted at once; it is verified there before this
        // returns.
        if (position == limit && nextBlock < blocks.count() && length >= blocks.rawLength(nextBlock)) {
            int raw = blocks.rawLength(nextBlock);
            if (blocks.storedLength(nextBlock) == raw) {
                readStored(target, offset, raw);
                return raw;
            }
        }
        if (!fill()) {
            return -1;
        }
        int part = Math.min(length, limit - position);
        System.arraycopy(current, position, target, offset, part);
        position += part;
        return part;
    }

    @Override
    public int available() {
        return limit - position;
    }

    @Override
    public void close() {
        reader.close();
    }

    private boolean fill() throws IOException {
        if (position < limit) {
            return true;
        }
        if (nextBlock == blocks.count()) {
            return false;
        }
        int raw = blocks.rawLength(nextBlock);
        int length = blocks.storedLength(nextBlock);
        if (current.length < raw) {
            current = new byte[raw];
        }
        if (length == raw) {
            readStored(current, 0, raw);
        } else {
            restore(length, raw);
        }
        position = 0;
        limit = raw;
        return raw > 0;
    }

    private void restore(int length, int raw) throws IOException {
        if (codec == null) {
            throw new CorruptValueException("A block is compressed although the row says that none is");
        }
        if (stored.length < length) {
            stored = new byte[length];
        }
        readStored(stored, 0, length);
        try {
            codec.decompress(stored, 0, length, current, 0, raw);
        } catch (CacheCompressionException ex) {
            throw new CorruptValueException("A block cannot be restored", ex);
        }
    }

    private void readStored(byte[] target, int offset, int length) throws IOException {
        try {
            reader.read(storedPosition, ByteBuffer.wrap(target, offset, length));
        } catch (EOFException ex) {
            throw new CorruptValueException("The stored value ends early", ex);
        }
        if (verify && !blocks.matches(nextBlock, target, offset)) {
            throw new CorruptValueException("The checksum of block " + nextBlock + " is wrong");
        }
        storedPosition += length;
        nextBlock++;
    }
}
