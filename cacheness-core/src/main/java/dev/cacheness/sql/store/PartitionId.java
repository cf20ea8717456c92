package dev.cacheness.sql.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows that have their coverage in common: the stored values of the partition columns, and the variant. Compared by its text. A column without a
 * value makes it a pattern, which includes the partitions of all values.
 */
public final class PartitionId {

    private static final char ANY = '*';

    private final List<String> names;

    private final @Nullable Object[] values;

    private final String variant;

    private final String text;

    /** Made when it is needed, since the ledger's mirror needs none. */
    private @Nullable String hash;

    /**
     * @param names names of the partition columns, sorted
     * @param values their stored forms, null for a column that is left open
     * @param variant the canonical text of the variant, empty if there are none
     */
    public PartitionId(List<String> names, @Nullable Object[] values, String variant) {
        this.names = List.copyOf(names);
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
    }

    /** Reads the text of a key that was made by {@link #toString()}. */
    public static PartitionId parse(String text) {
        List<String> names = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        String variant = "";
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            int colon = text.indexOf(':', equals);
            int end = colon + 1 + Integer.parseInt(text.substring(equals + 2, colon));
            String name = text.substring(at, equals);
            String value = text.substring(colon + 1, end);
            if (name.equals("~")) {
                variant = value;
            } else {
                names.add(name);
                values.add(value(text.charAt(equals + 1), value));
            }
            at = end + 1;
        }
        return new PartitionId(names, values.toArray(new @Nullable Object[0]), variant);
    }

    private static @Nullable Object value(char type, String text) {
        return switch (type) {
            case 'L' -> Long.valueOf(text);
            case 'D' -> Double.valueOf(text);
            case 'B' -> Boolean.valueOf(text);
            case ANY -> null;
            default -> text;
        };
    }

    /** Length and type go in front of every value, so that no two keys have the same text. */
    private static void append(StringBuilder text, String name, @Nullable Object value) {
        String written = value == null ? "" : value.toString();
        char type = value == null ? ANY : value.getClass().getSimpleName().charAt(0);
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

    /** The stored form of a partition column's value, null if it is left open. */
    public @Nullable Object value(int index) {
        return values[index];
    }

    /** Whether some column is left open. */
    public boolean isPattern() {
        return Arrays.stream(values).anyMatch(Objects::isNull);
    }

    /** Whether there can be a partition that both include. */
    public boolean overlaps(PartitionId other) {
        if (!variant.equals(other.variant)) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null && other.values[i] != null && !Objects.equals(values[i], other.values[i])) {
                return false;
            }
        }
        return true;
    }

    /** All patterns that include this, other than this itself. */
    public List<PartitionId> patterns() {
        List<PartitionId> patterns = new ArrayList<>();
        for (int open = 1; open < 1 << values.length; open++) {
            @Nullable Object[] some = values.clone();
            boolean isOther = true;
            for (int i = 0; i < some.length; i++) {
                if ((open >> i & 1) == 1) {
                    isOther &= some[i] != null;
                    some[i] = null;
                }
            }
            if (isOther) {
                patterns.add(new PartitionId(names, some, variant));
            }
        }
        return patterns;
    }

    public int size() {
        return values.length;
    }

    public String variant() {
        return variant;
    }

    public String hash() {
        String known = hash;
        if (known == null) {
            known = hash(text);
            hash = known;
        }
        return known;
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
