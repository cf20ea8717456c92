package dev.cacheness.internal.blob;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a blob: {@code <owner>-<random>}. The owner is the open backend that wrote it, which tells a sweep whether somebody may still be about to
 * refer to it. A name is the only thing that ever becomes part of a path, so it is checked wherever one comes in.
 */
public record BlobName(String owner, String random) {

    static final int OWNER_BYTES = 8;

    private static final int RANDOM_BYTES = 16;

    private static final Pattern NAME = Pattern.compile("([0-9a-f]{16})-([0-9a-f]{32})");

    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new name. */
    public static BlobName next(String owner) {
        return new BlobName(owner, randomHex(RANDOM_BYTES));
    }

    static String nextOwner() {
        return randomHex(OWNER_BYTES);
    }

    /** Null if the text is no name of a blob. */
    public static @Nullable BlobName parse(String text) {
        var matcher = NAME.matcher(text);
        return matcher.matches() ? new BlobName(matcher.group(1), matcher.group(2)) : null;
    }

    /** The folder among 256 that the blob is in. */
    public String shard() {
        return random.substring(0, 2);
    }

    @Override
    public String toString() {
        return owner + "-" + random;
    }

    private static String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
