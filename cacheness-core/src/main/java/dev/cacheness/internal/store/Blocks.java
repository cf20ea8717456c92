package dev.cacheness.internal.store;

import dev.cacheness.spi.StoredEntry;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How the stored bytes of a value are cut. A value is a row of blocks of {@link #SIZE} bytes, the last one shorter; each is compressed on its own, or
 * stored as it is where that does not pay, and each has its own checksum. What is stored is nothing but the stored blocks one after the other, so an
 * uncompressed value is stored exactly as its handler wrote it.
 *
 * <p>A value of one block needs no table: its sizes and its checksum are in the row. A longer one has a table in the row, 20 bytes for each block: the
 * stored length (4 bytes, big-endian; equal to the raw length if the block is stored as it is) and the checksum of the stored block (16 bytes). The
 * checksum in the row is then that of the table.
 */
final class Blocks {

    /** 1 MiB: large enough for a good ratio, small enough for the heap. */
    static final int SIZE = 1 << 20;

    private static final int ENTRY = Integer.BYTES + Checksum.LENGTH;

    private final long rawSize;

    private final long storedSize;

    private final byte[] table;

    private Blocks(long rawSize, long storedSize, byte[] table) {
        this.rawSize = rawSize;
        this.storedSize = storedSize;
        this.table = table;
    }

    /** The blocks of an entry, after checking all that can be checked without its bytes. */
    static Blocks of(StoredEntry entry) throws CorruptValueException {
        long rawSize = entry.metadata().rawSizeBytes();
        long storedSize = entry.metadata().sizeBytes();
        byte[] checksum = entry.content().checksum();
        byte[] table = entry.content().blocks();
        if (checksum.length != Checksum.LENGTH || rawSize < 0 || storedSize < 0 || storedSize > rawSize) {
            throw new CorruptValueException("The row's sizes or checksum cannot be right");
        }
        if (table == null) {
            if (rawSize > SIZE) {
                throw new CorruptValueException("The table of blocks is missing");
            }
            return new Blocks(rawSize, storedSize, entryOf((int) storedSize, checksum));
        }
        Blocks blocks = new Blocks(rawSize, storedSize, table);
        if (table.length % ENTRY != 0
                || blocks.count() != (rawSize + SIZE - 1) / SIZE
                || !Checksum.matches(table, 0, table.length, checksum, 0)
                || blocks.sumOfStoredLengths() != storedSize) {
            throw new CorruptValueException("The table of blocks is damaged");
        }
        return blocks;
    }

    static byte[] entryOf(int storedLength, byte[] checksum) {
        return ByteBuffer.allocate(ENTRY).putInt(storedLength).put(checksum).array();
    }

    int count() {
        return table.length / ENTRY;
    }

    long rawSize() {
        return rawSize;
    }

    long storedSize() {
        return storedSize;
    }

    int rawLength(int block) {
        return (int) Math.min(SIZE, rawSize - (long) block * SIZE);
    }

    int storedLength(int block) {
        return ByteBuffer.wrap(table).getInt(block * ENTRY);
    }

    boolean matches(int block, byte[] stored, int offset) {
        return Checksum.matches(stored, offset, storedLength(block), table, block * ENTRY + Integer.BYTES);
    }

    private long sumOfStoredLengths() {
        long sum = 0;
        for (int block = 0; block < count(); block++) {
            int length = storedLength(block);
            if (length < 0 || length > rawLength(block)) {
                return -1;
            }
            sum += length;
        }
        return sum;
    }

    @Override
    public String toString() {
        return "Blocks[count=" + count() + ", rawSize=" + rawSize + ", table=" + Arrays.hashCode(table) + "]";
    }
}
