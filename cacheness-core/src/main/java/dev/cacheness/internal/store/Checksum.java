package dev.cacheness.internal.store;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;

/** XXH3-128 of bytes, 16 of them. Finds accidents, not forgeries. */
final class Checksum {

    static final int LENGTH = 16;

    private static final Hasher128 HASHER = Hashing.xxh3_128();

    private Checksum() {}

    static byte[] of(byte[] bytes, int offset, int length) {
        HashValue128 hash = HASHER.hashBytesTo128Bits(bytes, offset, length);
        return ByteBuffer.allocate(LENGTH)
                .putLong(hash.getMostSignificantBits())
                .putLong(hash.getLeastSignificantBits())
                .array();
    }

    static boolean matches(byte[] bytes, int offset, int length, byte[] expected, int expectedOffset) {
        HashValue128 hash = HASHER.hashBytesTo128Bits(bytes, offset, length);
        ByteBuffer buffer = ByteBuffer.wrap(expected, expectedOffset, LENGTH);
        return buffer.getLong() == hash.getMostSignificantBits() && buffer.getLong() == hash.getLeastSignificantBits();
    }
}
