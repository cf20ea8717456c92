package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.TypeRef;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays of several blocks of the store, which several threads read. */
class LargeArraysTests {

    private static final int MIB = 1 << 20;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"none", "zstd", "lz4"})
    void everyLengthAroundTheBordersOfBlocksReadsBackEqual(String codec) {
        try (Cacheness cache = open(codec)) {
            Random random = new Random(7);
            for (int bytes : new int[] {MIB - 64, MIB, MIB + 8, 3 * MIB - 32, 3 * MIB, 3 * MIB + 40}) {
                double[] values = random.doubles(bytes / Double.BYTES).toArray();
                CacheKey<double[]> key = CacheKey.of("length", bytes).as(double[].class);
                cache.put(key, values);

                assertThat(Arrays.equals(cache.get(key).orElseThrow(), values))
                        .as("%s bytes", bytes)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "zstd"})
    void bundlesAndManyInnermostArraysReadBackEqual(String codec) {
        Random random = new Random(8);
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("flags", new boolean[] {true, false, true});
        bundle.put("bytes", new byte[2 * MIB + 3]);
        bundle.put(
                "rows",
                Stream.generate(() -> random.ints(1 + random.nextInt(900)).toArray())
                        .limit(3_000)
                        .toArray(int[][]::new));
        bundle.put("shorts", new short[][] {new short[MIB + 1], {}, {1, 2}});
        CacheKey<Map<?, ?>> key = CacheKey.of("bundle", 1).as(new TypeRef<>() {});
        try (Cacheness cache = open(codec)) {
            cache.put(key, bundle);

            Map<?, ?> read = cache.get(key).orElseThrow();
            assertThat(read.keySet()).isEqualTo(bundle.keySet());
            // Element by element an assertion would take minutes.
            bundle.forEach((name, array) -> assertThat(Objects.deepEquals(read.get(name), array))
                    .as(name)
                    .isTrue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "zstd"})
    void damageInAnyBlockIsAMiss(String codec) throws IOException {
        CacheKey<float[]> key = CacheKey.of("damaged", 1).as(float[].class);
        float[] values = new float[MIB];
        Random random = new Random(9);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        for (double where = 0.01; where < 1; where += 0.09) {
            try (Cacheness cache = open(codec)) {
                cache.put(key, values);
                damage(onlyBlob(), where);

                assertThat(cache.lookup(key)).isEqualTo(new Lookup.Miss<>(MissReason.CORRUPT));
            }
        }
    }

    private Cacheness open(String codec) {
        return CachenessBuilder.at(directory).codec(codec).build();
    }

    private Path onlyBlob() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("blobs"))) {
            return files.filter(file -> Files.isRegularFile(file)
                            && file.getFileName().toString().length() > 30
                            && file.toFile().length() > MIB)
                    .reduce((one, other) -> {
                        throw new IllegalStateException("There are " + one + " and " + other);
                    })
                    .orElseThrow();
        }
    }

    private static void damage(Path blob, double where) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(blob.toFile(), "rw")) {
            long position = (long) (file.length() * where);
            file.seek(position);
            int value = file.read();
            file.seek(position);
            file.write(value ^ 1);
        }
    }
}
