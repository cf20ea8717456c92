package dev.cacheness.compat;

import dev.cacheness.CacheKey;
import dev.cacheness.ValueSource;
import dev.cacheness.spi.NullValue;
import dev.cacheness.table.Table;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** The values of the golden cache: some of every handler, small and large ones. Lines may be added, none may change. */
final class GoldenValues {

    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    static final List<String> CODECS = List.of("none", "gzip", "lz4", "zstd");

    /** Small, so that blobs are small. */
    static final int INLINE_THRESHOLD_BYTES = 1024;

    private GoldenValues() {}

    /** The key of a value that was compressed by the codec. */
    static CacheKey<Object> key(String codec, String name) {
        return CacheKey.in("golden." + codec, Map.of("name", name));
    }

    /** The values by name that the codec has to do with; files are made in the directory. */
    static Map<String, Object> all(String codec, Path directory) {
        var values = new LinkedHashMap<String, Object>();
        values.put("null", NullValue.INSTANCE);
        values.put("bytes-none", new byte[0]);
        values.put("bytes-small", noise(100));
        values.put("bytes-in-blob", noise(3_000));
        if (!codec.equals("none")) {
            values.put("bytes-of-two-blocks", new byte[1_500_000]);
        }
        values.put("file", file(directory, noise(2_000)));
        values.put("stream", (ValueSource) () -> new ByteArrayInputStream(noise(500)));
        values.put("text", "grün, 緑, \uD83D\uDFE2");
        values.put("text-in-blob", new String(noise(3_000), StandardCharsets.ISO_8859_1));
        values.put("array-of-doubles", new double[][] {{1.5, -0.0, Double.NaN}, {Double.MAX_VALUE, 4, 5}});
        values.put("array-of-integers", new int[] {1, 2, Integer.MIN_VALUE});
        values.put("array-of-texts", new String[] {"a", "ü", ""});
        values.put("arrays-by-name", Map.of("x", new long[] {1, 2, 3}, "y", new float[] {0.5f}));
        values.put("table", Table.of(Reading.class, List.of(new Reading("a", 1, 0.5), new Reading("b", 2, -1.25))));
        values.put("json", Map.of("list", List.of(1, 2, 3), "flag", true, "text", "x"));
        values.put(
                "object",
                new Model("xgboost", 3, List.of(0.1, 0.2), LocalDate.of(2026, 1, 1), Map.of("depth", 6), Kind.TREE));
        return values;
    }

    /** The type to ask for, where the one of the value does not do. */
    static CacheKey<?> typed(CacheKey<Object> key, Object value) {
        if (value instanceof Path) {
            return key.as(ValueSource.class);
        }
        if (value instanceof ValueSource) {
            return key.as(ValueSource.class);
        }
        return key;
    }

    static boolean areEqual(Object read, Object put) {
        if (read instanceof Map<?, ?> left && put instanceof Map<?, ?> right) {
            return left.keySet().equals(right.keySet())
                    && left.keySet().stream().allMatch(name -> areEqual(left.get(name), right.get(name)));
        }
        return Objects.deepEquals(comparable(read), comparable(put));
    }

    /** The content of files and streams. */
    private static Object comparable(Object value) {
        try {
            if (value instanceof Path path) {
                return Files.readAllBytes(path);
            }
            if (value instanceof ValueSource source) {
                try (InputStream in = source.openStream()) {
                    return in.readAllBytes();
                }
            }
            return value;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** The same every time, and not to be compressed. */
    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static Path file(Path directory, byte[] content) {
        try {
            return Files.write(directory.resolve("golden.bin"), content);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    record Reading(String sensor, int number, double value) {}

    record Model(
            String name,
            int version,
            List<Double> weights,
            LocalDate trained,
            Map<String, Integer> parameters,
            Kind kind) {}

    enum Kind {
        LINEAR,
        TREE
    }
}
