package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key that always has a value is always found, whole, while it is written over and over. */
class OverwriteTests {

    private static final int WRITES = 400;

    private static final CacheKey<byte[]> KEY = CacheKey.of("key", 1).as(byte[].class);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {200, 100_000, 1_200_000})
    void readersAlwaysFindAWholeValue(int size) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(5);
        var writing = new AtomicBoolean(true);
        try (Cacheness one = CachenessBuilder.at(directory).codec("none").build();
                Cacheness other = CachenessBuilder.at(directory).codec("none").build()) {
            one.put(KEY, filled(size, 0));
            List<Future<Integer>> readers = new ArrayList<>();
            for (Cacheness cache : List.of(one, one, other)) {
                readers.add(threads.submit(() -> read(cache, writing, size)));
            }
            int writes = size > 1_000_000 ? WRITES / 8 : WRITES;
            List<Callable<Void>> writers = new ArrayList<>();
            for (Cacheness cache : List.of(one, other)) {
                writers.add(() -> {
                    for (int i = 0; i < writes; i++) {
                        cache.put(KEY, filled(size, i));
                    }
                    return null;
                });
            }
            for (Future<Void> writer : threads.invokeAll(writers)) {
                writer.get();
            }
            writing.set(false);

            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void namespaceThatLooksLikeAPathStaysInsideTheDirectory() {
        Path inner = directory.resolve("inner");
        try (Cacheness cache = CachenessBuilder.at(inner).build()) {
            for (String name : List.of("../x", "/etc/x", "..\\x", "a/../../x", "CON", "x".repeat(255))) {
                CacheKey<byte[]> key = CacheKey.in(name, Map.of("k", name)).as(byte[].class);

                cache.put(key, filled(100_000, 1));

                assertThat(cache.get(key)).as(name).isPresent();
            }
        }
        assertThat(directory).isDirectoryNotContaining(path -> !path.equals(inner));
    }

    private static int read(Cacheness cache, AtomicBoolean writing, int size) {
        int reads = 0;
        while (writing.get() || reads == 0) {
            byte[] value = cache.get(KEY).orElseThrow(() -> new AssertionError("the key has no value"));
            assertThat(value).hasSize(size);
            assertThat(value).isEqualTo(filled(size, value[0]));
            reads++;
        }
        return reads;
    }

    private static byte[] filled(int size, int with) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }
}
