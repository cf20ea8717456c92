package dev.cacheness.crash;

import dev.cacheness.CacheKey;
import dev.cacheness.CustomMetadata;
import dev.cacheness.Indexed;
import dev.cacheness.Unique;
import java.nio.ByteBuffer;
import java.util.Random;

/** Keys and values of which everybody knows what they must be. */
final class Values {

    /** What goes with every value. */
    @CustomMetadata("versions")
    record Version(@Unique int number, @Indexed int version) {}

    private static final int[] SIZES = {12, 200, 5_000, 20_000, 150_000, 1_300_000};

    private Values() {}

    static CacheKey<byte[]> key(int number) {
        return CacheKey.of("number", number).as(byte[].class);
    }

    /** The value of a version: it tells its key and version, and the rest follows from them. */
    static byte[] value(int number, int version) {
        var random = new Random(number * 1_000_003L + version);
        byte[] bytes = new byte[SIZES[random.nextInt(SIZES.length)]];
        random.nextBytes(bytes);
        ByteBuffer.wrap(bytes).putInt(number).putInt(version);
        return bytes;
    }

    static int versionOf(byte[] value) {
        return ByteBuffer.wrap(value).getInt(4);
    }
}
