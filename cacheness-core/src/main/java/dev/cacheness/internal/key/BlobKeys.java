package dev.cacheness.internal.key;

import dev.cacheness.CacheKey;
import java.util.Map;

/**
 * The keys of a store of artifacts, and the digests of its rows: those of all versions of a key begin with the digest of the key and end with the version,
 * so that the latest one comes last.
 */
public final class BlobKeys {

    /** The namespace of all rows. */
    public static final String NAMESPACE = "blobs";

    private static final int MAX_LENGTH = 1024;

    private static final int VERSION_DIGITS = 8;

    private static final KeyDigester DIGESTER = new KeyDigester(new KeySettings(1, false, false));

    private BlobKeys() {}

    /** @throws IllegalArgumentException if it cannot be a key */
    public static String checkKey(String key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("The key is empty; a key has 1 to " + MAX_LENGTH + " characters");
        }
        return check("key", key);
    }

    /** @throws IllegalArgumentException if no key can begin so */
    public static String checkPrefix(String prefix) {
        return check("prefix", prefix);
    }

    private static String check(String what, String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "The " + what + " has " + text.length() + " characters, at most " + MAX_LENGTH + " are allowed");
        }
        int bad = text.codePoints().filter(BlobKeys::isRefused).findFirst().orElse(-1);
        if (bad >= 0) {
            throw new IllegalArgumentException("The " + what + " holds the character U+" + String.format("%04X", bad)
                    + "; control characters and halves of surrogate pairs are not allowed");
        }
        return text;
    }

    /** Half a surrogate pair is no character that a database could store. */
    private static boolean isRefused(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
    }

    /** How the digests of all versions of a key begin. */
    public static String digestOf(String key) {
        return DIGESTER.digest(CacheKey.in(NAMESPACE, Map.of("artifact", key))).digest();
    }

    /** The key as text for people. */
    public static Map<String, String> describe(String key) {
        return DIGESTER.describe(CacheKey.in(NAMESPACE, Map.of("artifact", key)));
    }

    /** @param version positive */
    public static String digestOf(String key, int version) {
        return digestOf(key) + String.format("%0" + VERSION_DIGITS + "x", version);
    }

    /** The version that a digest ends with. */
    public static int versionOf(String digest) {
        return Integer.parseInt(digest.substring(digest.length() - VERSION_DIGITS), 16);
    }

    /** How the digest of a version begins, and those of all others of the same key. */
    public static String withoutVersion(String digest) {
        return digest.substring(0, digest.length() - VERSION_DIGITS);
    }
}
