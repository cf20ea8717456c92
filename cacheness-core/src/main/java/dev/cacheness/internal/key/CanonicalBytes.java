package dev.cacheness.internal.key;

import java.security.MessageDigest;
import java.util.Arrays;

/** The bytes of a canonical form while it grows, up to a limit. Every item says its own length, so none can run into the next. */
final class CanonicalBytes {

    private static final int FIRST_SIZE = 256;

    private final int limit;
    private final Trail trail;
    private byte[] bytes = new byte[FIRST_SIZE];
    private int size;

    CanonicalBytes(int limit, Trail trail) {
        this.limit = limit;
        this.trail = trail;
    }

    int size() {
        return size;
    }

    void tag(int tag) {
        room(1);
        bytes[size++] = (byte) tag;
    }

    void taggedText(int tag, String text) {
        tag(tag);
        text(text);
    }

    void taggedLong(int tag, long value) {
        tag(tag);
        fixed(value);
    }

    void fixed(long value) {
        room(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    /** Seven bits at a time, the lowest first. */
    void length(int length) {
        room(5);
        int rest = length;
        while (rest > 0x7F) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Each UTF-16 unit on its own in one to three bytes, so that lone surrogates stay what they are. */
    void text(String text) {
        int length = text.length();
        length(length);
        if (3L * length > bytes.length - size) {
            room(encodedSize(text));
        }
        for (int i = 0; i < length; i++) {
            char unit = text.charAt(i);
            if (unit < 0x80) {
                bytes[size++] = (byte) unit;
            } else if (unit < 0x800) {
                bytes[size++] = (byte) (0xC0 | unit >> 6);
                bytes[size++] = (byte) (0x80 | unit & 0x3F);
            } else {
                bytes[size++] = (byte) (0xE0 | unit >> 12);
                bytes[size++] = (byte) (0x80 | unit >> 6 & 0x3F);
                bytes[size++] = (byte) (0x80 | unit & 0x3F);
            }
        }
    }

    private static long encodedSize(String text) {
        long encoded = text.length();
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            encoded += unit < 0x80 ? 0 : unit < 0x800 ? 1 : 2;
        }
        return encoded;
    }

    void sized(byte[] item) {
        length(item.length);
        raw(item);
    }

    void raw(byte[] item) {
        room(item.length);
        System.arraycopy(item, 0, bytes, size, item.length);
        size += item.length;
    }

    /** Makes sure that so many bytes more fit, or says that the limit does not allow them. */
    void room(long more) {
        long needed = size + more;
        if (needed > limit) {
            throw trail.problem(
                    "makes the canonical form at least " + needed + " bytes long, at most " + limit
                            + " are allowed. Pass something short that stands for the value, such as its"
                            + " id, or pass an array, which counts by its hash.",
                    null);
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(needed, 2L * bytes.length)));
        }
    }

    byte[] copyFrom(int start) {
        return Arrays.copyOfRange(bytes, start, size);
    }

    void cutBackTo(int start) {
        size = start;
    }

    /** Moves what was written since {@code start} into a hash. */
    void drain(int start, MessageDigest hash) {
        hash.update(bytes, start, size - start);
        size = start;
    }
}
