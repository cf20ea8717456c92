package dev.cacheness.internal.store;

import dev.cacheness.CacheCapacityException;
import dev.cacheness.CacheException;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobBackend.BlobWriter;
import dev.cacheness.spi.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes the bytes of one value, cuts them into {@link Blocks}, compresses and counts them, and keeps them on the heap while they are few. For one thread.
 *
 * <p>A failure is remembered, because whatever writes into this stream may hide it behind an exception of its own.
 */
public final class ValueSink extends OutputStream {

    private static final int FIRST_BUFFER = 2 * 1024;

    private final BlobBackend blobs;

    private final WriteSettings settings;

    private final ByteArrayOutputStream table = new ByteArrayOutputStream(0);

    private byte[] buffer = new byte[FIRST_BUFFER];

    private int buffered;

    private byte[] compressed = new byte[0];

    private @Nullable BlobWriter writer;

    private long rawSize;

    private long storedSize;

    private boolean anyCompressed;

    private @Nullable Exception failure;

    ValueSink(BlobBackend blobs, WriteSettings settings) {
        this.blobs = blobs;
        this.settings = settings;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            append(bytes, offset, length);
        } catch (IOException | CacheException ex) {
            failure = ex;
            throw ex;
        }
    }

    /** What went wrong in this stream, null if nothing did. */
    public @Nullable Exception failure() {
        return failure;
    }

    /**
     * Ends the value. The caller closes what is returned after an entry refers to it.
     *
     * @throws IOException if the blob could not be written
     * @throws CacheCapacityException if the value is too large
     */
    public WrittenValue finish() throws IOException {
        if (writer == null) {
            return finishSingleBlock();
        }
        if (buffered > 0) {
            writeBlock(buffer, 0, buffered);
        }
        byte[] blocks = table.toByteArray();
        byte[] checksum = Checksum.of(blocks, 0, blocks.length);
        return commit(writer, checksum, blocks);
    }

    /** Gives up: nothing of the value is kept. */
    public void abort() {
        if (writer != null) {
            writer.close();
        }
    }

    private void append(byte[] bytes, int offset, int length) throws IOException {
        int next = offset;
        int left = length;
        while (left > 0) {
            if (buffered == Blocks.SIZE) {
                writeBlock(buffer, 0, buffered);
                buffered = 0;
            }
            // Whole blocks need not be copied, unless this may turn out to be all there is.
            if (buffered == 0 && left > Blocks.SIZE) {
                writeBlock(bytes, next, Blocks.SIZE);
                next += Blocks.SIZE;
                left -= Blocks.SIZE;
                continue;
            }
            int part = Math.min(left, Blocks.SIZE - buffered);
            if (buffered == 0 && part > buffer.length) {
                // Memory that is cleared only to be written at once takes as long as the copy.
                buffer = Arrays.copyOfRange(bytes, next, next + part);
            } else {
                ensureBuffer(buffered + part);
                System.arraycopy(bytes, next, buffer, buffered, part);
            }
            buffered += part;
            next += part;
            left -= part;
        }
    }

    private void ensureBuffer(int size) {
        if (size > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(Blocks.SIZE, Math.max(size, buffer.length * 2)));
        }
    }

    private void writeBlock(byte[] bytes, int offset, int length) throws IOException {
        if (writer == null) {
            writer = blobs.create(settings.durability());
        }
        Block block = compress(bytes, offset, length);
        rawSize += length;
        grow(block.length());
        table.writeBytes(Blocks.entryOf(block.length(), Checksum.of(block.bytes(), block.offset(), block.length())));
        writer.write(ByteBuffer.wrap(block.bytes(), block.offset(), block.length()));
    }

    private WrittenValue finishSingleBlock() throws IOException {
        Block block = compress(buffer, 0, buffered);
        rawSize = buffered;
        grow(block.length());
        byte[] checksum = Checksum.of(block.bytes(), block.offset(), block.length());
        if (block.length() <= settings.inlineThresholdBytes()) {
            return new WrittenValue(
                    codec(), rawSize, storedSize, new Content(checksum, null, exactly(block), null), null);
        }
        BlobWriter single = blobs.create(settings.durability());
        writer = single;
        single.write(ByteBuffer.wrap(block.bytes(), block.offset(), block.length()));
        return commit(single, checksum, null);
    }

    /** The memory of the block, which nobody uses any more, or a copy of what is used of it. */
    private static byte[] exactly(Block block) {
        return block.offset() == 0 && block.length() == block.bytes().length
                ? block.bytes()
                : Arrays.copyOfRange(block.bytes(), block.offset(), block.offset() + block.length());
    }

    private WrittenValue commit(BlobWriter complete, byte[] checksum, byte @Nullable [] blocks) throws IOException {
        complete.commit();
        Content content = new Content(checksum, blocks, null, complete.blobId());
        return new WrittenValue(codec(), rawSize, storedSize, content, complete);
    }

    private Block compress(byte[] bytes, int offset, int length) {
        if (length >= settings.compressionThresholdBytes() && length > 0) {
            int needed = settings.codec().maxCompressedLength(length);
            if (compressed.length < needed) {
                compressed = new byte[needed];
            }
            int size = settings.codec().compress(bytes, offset, length, compressed, settings.level());
            if (size > 0 && size < length - length / 16) {
                anyCompressed = true;
                return new Block(compressed, 0, size);
            }
        }
        return new Block(bytes, offset, length);
    }

    private void grow(int by) {
        storedSize += by;
        if (storedSize > settings.maxSizeBytes()) {
            throw new CacheCapacityException(settings.digest(), storedSize, settings.maxSizeBytes());
        }
    }

    private String codec() {
        return anyCompressed ? settings.codec().name() : "none";
    }

    private record Block(byte[] bytes, int offset, int length) {}
}
