package dev.cacheness.sql.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that have their coverage in common: the stored values of the partition columns, and the variant. Compared by its text. */
public final class PartitionId {

    private final Object[] values;

    private final String variant;

    private final String text;

    private final String hash;

    /**
     * @param names names of the partition columns, sorted
     * @param values their stored forms
     * @param variant the canonical text of the variant, empty if there are none
     */
    public PartitionId(List<String> names, Object[] values, String variant) {
        this.values = values.clone();
        this.variant = variant;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            append(text, names.get(i), values[i]);
        }
        if (!variant.isEmpty()) {
            append(text, "~", variant);
        }
        this.text = text.toString();
        this.hash = hash(this.text);
    }

    /** Length and type go in front of every value, so that no two keys have the same text. */
    private static void append(StringBuilder text, String name, Object value) {
        String written = value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
        char type = value.getClass().getSimpleName().charAt(0);
        text.append(text.isEmpty() ? "" : ",").append(name).append('=').append(type);
        text.append(written.length()).append(':').append(written);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The stored form of a partition column's value. */
    public Object value(int index) {
        return values[index];
    }

    public int size() {
        return values.length;
    }

    public String variant() {
        return variant;
    }

    public String hash() {
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PartitionId that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Canonical, for the ledger and for messages. */
    @Override
    public String toString() {
        return text;
    }
}
