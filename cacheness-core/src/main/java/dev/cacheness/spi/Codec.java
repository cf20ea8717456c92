package dev.cacheness.spi;

/**
 * Makes bytes smaller and restores them. Works on whole blocks of at most a mebibyte whose size is known beforehand, so that nothing that is read can
 * take more memory than was written. Thread-safe.
 */
public interface Codec {

    /** Stored with every entry: 1 to 16 lower-case letters or digits. */
    String name();

    /** The lowest level. */
    int minLevel();

    /** The highest level. */
    int maxLevel();

    /** The level to use if none is asked for. */
    int defaultLevel();

    /** How large a target {@link #compress} needs for so many bytes. */
    int maxCompressedLength(int length);

    /**
     * Compresses a block.
     *
     * @return how many bytes were written to the beginning of {@code target}, or 0 to have the block stored as it is
     * @throws dev.cacheness.CacheCompressionException if that fails
     */
    int compress(byte[] source, int offset, int length, byte[] target, int level);

    /**
     * Restores a block.
     *
     * @param targetLength the size that the block must have
     * @throws dev.cacheness.CacheCompressionException if the bytes are not what {@link #compress} wrote for a block of that size
     */
    void decompress(byte[] source, int offset, int length, byte[] target, int targetOffset, int targetLength);
}
