package dev.cacheness.internal.store;

import dev.cacheness.CacheCompressionException;
import dev.cacheness.spi.BlobBackend.BlobReader;
import dev.cacheness.spi.Codec;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads blocks of one value, verifies and restores them. Thread-safe. */
final class BlockReader {

    private final Blocks blocks;

    private final BlobReader reader;

    private final @Nullable Codec codec;

    private final boolean verify;

    /** Where each block begins in what is stored. */
    private final long[] positions;

    /** @param codec null if no block is compressed */
    BlockReader(Blocks blocks, BlobReader reader, @Nullable Codec codec, boolean verify) throws CorruptValueException {
        if (reader.size() != blocks.storedSize()) {
            throw CorruptValueException.ofSize(reader.size(), blocks.storedSize());
        }
        this.blocks = blocks;
        this.reader = reader;
        this.codec = codec;
        this.verify = verify;
        positions = new long[blocks.count()];
        for (int block = 1; block < positions.length; block++) {
            positions[block] = positions[block - 1] + blocks.storedLength(block - 1);
        }
    }

    int count() {
        return positions.length;
    }

    int rawLength(int block) {
        return blocks.rawLength(block);
    }

    long rawSize() {
        return blocks.rawSize();
    }

    boolean isCompressed(int block) {
        return blocks.storedLength(block) != blocks.rawLength(block);
    }

    /**
     * Reads a block to where it is wanted. What is there is of no use if this throws.
     *
     * @param scratch for the stored bytes of a compressed block
     */
    void read(int block, byte[] target, int offset, Scratch scratch) throws IOException {
        if (isCompressed(block)) {
            restore(block, target, offset, scratch);
        } else {
            readStored(block, target, offset);
        }
    }

    void close() {
        reader.close();
    }

    private void restore(int block, byte[] target, int offset, Scratch scratch) throws IOException {
        if (codec == null) {
            throw new CorruptValueException("A block is compressed although the row says that none is");
        }
        int length = blocks.storedLength(block);
        byte[] stored = scratch.ofLength(length);
        readStored(block, stored, 0);
        try {
            codec.decompress(stored, 0, length, target, offset, blocks.rawLength(block));
        } catch (CacheCompressionException ex) {
            throw new CorruptValueException("A block cannot be restored", ex);
        }
    }

    private void readStored(int block, byte[] target, int offset) throws IOException {
        try {
            reader.read(positions[block], ByteBuffer.wrap(target, offset, blocks.storedLength(block)));
        } catch (EOFException ex) {
            throw new CorruptValueException("The stored value ends early", ex);
        }
        if (verify && !blocks.matches(block, target, offset)) {
            throw new CorruptValueException("The checksum of block " + block + " is wrong");
        }
    }
}
