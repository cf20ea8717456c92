package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.PutOption;
import dev.cacheness.ValueSource;
import dev.cacheness.table.Table;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of value through a whole cache on disk. */
class ValuesOfEveryKindTests {

    record Row(int number, String text) {}

    private static final int LARGE = 5_000_000;

    @TempDir
    Path directory;

    private Cacheness cache;

    @BeforeEach
    void open() {
        cache = CachenessBuilder.at(directory.resolve("cache")).build();
    }

    @AfterEach
    void close() {
        cache.close();
    }

    private static byte[] noise() {
        byte[] bytes = new byte[LARGE];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aStreamOutlivesTheEntryItIsReadFrom() throws Exception {
        byte[] content = noise();
        CacheKey<ValueSource> key = CacheKey.of("a", 1).as(ValueSource.class);
        cache.put(key, () -> new ByteArrayInputStream(content));

        try (InputStream in = cache.get(key).orElseThrow().openStream()) {
            byte[] beginning = in.readNBytes(10);
            cache.invalidate(key);

            assertThat(beginning).isEqualTo(java.util.Arrays.copyOf(content, 10));
            assertThat(in.readAllBytes()).isEqualTo(java.util.Arrays.copyOfRange(content, 10, LARGE));
        }
        assertThat(cache.get(key)).isEmpty();
    }

    @Test
    void aFileComesBackAsACopyOrAsAStream() throws Exception {
        Path file = Files.write(directory.resolve("report"), noise());
        CacheKey<Path> key = CacheKey.of("a", 1).as(Path.class);
        cache.put(key, file);

        Path copy = cache.get(key).orElseThrow();
        try (InputStream in =
                cache.get(CacheKey.of("a", 1).as(InputStream.class)).orElseThrow()) {
            assertThat(in.readAllBytes()).isEqualTo(noise());
        }

        assertThat(copy).isNotEqualTo(file).hasSameBinaryContentAs(file);
        cache.close();
        assertThat(copy).doesNotExist();
    }

    @Test
    void damageInTheFirstBlockOfAStreamIsAMissAndLaterDamageAnException() throws Exception {
        CacheKey<ValueSource> key = CacheKey.of("a", 1).as(ValueSource.class);
        cache.put(key, () -> new ByteArrayInputStream(noise()));
        Path blob;
        try (Stream<Path> files = Files.walk(directory.resolve("cache").resolve("blobs"))) {
            blob = files.filter(path -> path.toFile().length() == LARGE)
                    .findFirst()
                    .orElseThrow();
        }
        byte[] stored = Files.readAllBytes(blob);

        stored[LARGE - 1] ^= 1;
        Files.write(blob, stored);
        try (InputStream in = cache.get(key).orElseThrow().openStream()) {
            assertThatExceptionOfType(IOException.class).isThrownBy(in::readAllBytes);
        }

        stored[0] ^= 1;
        Files.write(blob, stored);
        assertThat(cache.lookup(key)).isEqualTo(new Lookup.Miss<>(MissReason.CORRUPT));
    }

    @Test
    void aStoredTableIsAParquetFile() throws Exception {
        List<Row> rows = Stream.iterate(0, i -> i + 1)
                .limit(30_000)
                .map(i -> new Row(i * 31 % 9973, "text " + i * 17 % 8191))
                .toList();
        CacheKey<Table> key = CacheKey.of("a", 1).as(Table.class);

        cache.put(key, Table.of(Row.class, rows));

        assertThat(cache.get(key).orElseThrow().rows(Row.class)).isEqualTo(rows);
        assertThat(cache.metadata(key).orElseThrow().handler()).isEqualTo("table");
        try (Stream<Path> files = Files.walk(directory.resolve("cache").resolve("blobs"))) {
            Path blob = files.filter(path -> path.toFile().length() > 10_000)
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readAllBytes(blob)).startsWith("PAR1".getBytes()).endsWith("PAR1".getBytes());
        }
    }

    @Test
    void arraysAndBundlesComeBackWithTheirBits() {
        double[][] matrix = {{1, Double.NaN}, {-0.0, 4}};
        CacheKey<double[][]> key = CacheKey.of("a", 1).as(double[][].class);
        cache.put(key, matrix);
        cache.put(CacheKey.of("a", 2), Map.of("one", new int[] {1, 2}));

        assertThat(java.util.Arrays.deepEquals(cache.get(key).orElseThrow(), matrix))
                .isTrue();
        assertThat(cache.get(CacheKey.of("a", 2)).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(Map.of("one", new int[] {1, 2}));
    }

    @Test
    void twoFeaturesThatShareAKeyByMistakeGetAMiss() {
        cache.put(CacheKey.of("a", 1), new int[] {1});

        for (Class<?> type : List.of(String.class, Path.class, Table.class, long[].class, Map.class)) {
            assertThat(cache.lookup(CacheKey.of("a", 1).as(type)))
                    .isEqualTo(new Lookup.Miss<>(MissReason.TYPE_CHANGED));
        }
    }

    @Test
    void aHandlerIsChosenByName() {
        CacheKey<Map<String, Object>> key = CacheKey.of("a", 1).as(new dev.cacheness.TypeRef<Map<String, Object>>() {});
        cache.put(key, new java.util.TreeMap<>(Map.of("b", 1)), PutOption.handler("json"));

        assertThat(cache.metadata(key).orElseThrow().handler()).isEqualTo("json");
        assertThat(cache.get(key)).contains(Map.of("b", 1));
    }
}
