package dev.cacheness.internal.key;

import dev.cacheness.CacheKey;
import dev.cacheness.CacheSerializationException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Digests of keys, and the text of their parameters. Two keys get the same digest only if they have the same namespace and the same parameters; the
 * digest depends on nothing else, so that it is the same in every process. Thread-safe.
 */
public final class KeyDigester {

    /** How long the canonical form of a key may be, in bytes. */
    static final int MAX_KEY_BYTES = 64 * 1024;

    private static final int MAX_NAMESPACE_LENGTH = 255;
    private static final int DIGEST_BYTES = 16;
    private static final int MAX_ARRAY_LENGTH = Integer.MAX_VALUE - 8;
    private static final int DIGEST_LENGTH = 2 * DIGEST_BYTES;

    private final KeySettings settings;

    public KeyDigester(KeySettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    /**
     * The digest of a key: SHA-256 over its canonical form, cut to 128 bits. A key that is known by its digest keeps it.
     *
     * @throws CacheSerializationException if the key has no canonical form: names the parameter, what is wrong with it and what to do
     */
    public DigestedKey digest(CacheKey<?> key) {
        String namespace = key.keyNamespace();
        Optional<String> known = key.keyDigest();
        if (known.isPresent()) {
            return new DigestedKey(checkDigest(known.get(), key), namespace);
        }
        checkNamespace(namespace, key);
        Trail trail = Trail.ofKey(namespace);
        var out = new CanonicalBytes(MAX_KEY_BYTES, trail);
        encode(key, namespace, new ValueEncoder(settings, out, trail), out);
        return new DigestedKey(HexFormat.of().formatHex(sha256(out), 0, DIGEST_BYTES), namespace);
    }

    /**
     * The parameters of a key as text for people: shortened, without control characters, and with {@code ******} in place of what is
     * masked, or called as secrets are. Never fails because of a value.
     */
    public Map<String, String> describe(CacheKey<?> key) {
        return ParameterText.describe(key.keyParameters(), key.keyMaskedParameters());
    }

    /**
     * SHA-256 over the canonical form of a single value of any length.
     *
     * @return 64 lower-case hexadecimal characters
     * @throws CacheSerializationException as for {@link #digest}
     */
    public String contentHash(@Nullable Object value) {
        Trail trail = Trail.ofContent();
        var out = new CanonicalBytes(MAX_ARRAY_LENGTH, trail);
        var encoder = new ValueEncoder(settings, out, trail);
        out.tag(Tag.VERSION);
        out.tag(Tag.CONTENT);
        encoder.encodeWhole(() -> encoder.encode(value));
        return HexFormat.of().formatHex(sha256(out));
    }

    private static void encode(CacheKey<?> key, String namespace, ValueEncoder encoder, CanonicalBytes out) {
        Map<String, ? extends @Nullable Object> parameters = key.keyParameters();
        if (parameters.isEmpty()) {
            throw new CacheSerializationException("The key " + key.getClass().getName()
                    + " has no parameters; a key needs at least one, or a digest");
        }
        out.tag(Tag.VERSION);
        out.tag(Tag.KEY);
        out.text(namespace);
        encoder.encodeWhole(() -> {
            String[] names = parameters.keySet().toArray(String[]::new);
            Arrays.sort(names);
            for (String name : names) {
                out.taggedText(Tag.TEXT, name);
                encoder.encode(name, parameters.get(name));
            }
        });
        out.tag(Tag.END);
    }

    private static byte[] sha256(CanonicalBytes out) {
        MessageDigest hash = Sha256.start();
        out.drain(0, hash);
        return hash.digest();
    }

    /** Key classes may say any namespace, and the stores rely on what {@link CacheKey#in} promises. */
    private static void checkNamespace(String namespace, CacheKey<?> key) {
        if (namespace.length() > MAX_NAMESPACE_LENGTH || namespace.chars().anyMatch(Character::isISOControl)) {
            throw new CacheSerializationException(
                    "keyNamespace() of " + key.getClass().getName() + " is '"
                            + ReadableText.of(namespace, 80) + "' with " + namespace.length() + " characters; at most "
                            + MAX_NAMESPACE_LENGTH + " are allowed, none of them a control character");
        }
    }

    /** A key may bring its digest in order to be quick. */
    private static boolean isDigest(String text) {
        if (text.length() != DIGEST_LENGTH) {
            return false;
        }
        for (int i = 0; i < DIGEST_LENGTH; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static String checkDigest(String digest, CacheKey<?> key) {
        if (!isDigest(digest)) {
            throw new CacheSerializationException(
                    "keyDigest() of " + key.getClass().getName() + " is '" + ReadableText.of(digest, 80)
                            + "'; a digest has 32 lower-case hexadecimal characters");
        }
        return digest;
    }
}
