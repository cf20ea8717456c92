package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheCapacityException;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.MissReason;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.spi.Eviction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedNamespacesTests {

    private final MutableInstantSource clock = new MutableInstantSource(Instant.parse("2026-01-02T03:04:05Z"));

    @TempDir
    Path directory;

    private Cacheness cache = CachenessBuilder.inMemory().build();

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void namespaceStaysWithinItsEntriesAndOthersAreLeftAlone() {
        open(CachePolicy.builder().maxEntries(100L));
        cache.put(key("other", 0), bytes(0, 10));

        for (int i = 0; i < 300; i++) {
            clock.advance(Duration.ofSeconds(1));
            cache.put(key("bounded", i), bytes(i, 10));
        }

        assertThat(cache.stats("bounded").entries()).isBetween(90L, 100L);
        assertThat(cache.exists(key("bounded", 299))).isTrue();
        assertThat(cache.lookup(key("bounded", 0)).toString()).contains(MissReason.EVICTED.name());
        assertThat(cache.exists(key("other", 0))).isTrue();
        assertThat(cache.stats("bounded").evictions()).isGreaterThanOrEqualTo(200);
    }

    @Test
    void namespaceStaysWithinItsBytesAndRefusesWhatIsLargerThanAll() {
        open(CachePolicy.builder().maxSizeBytes(20_000L));

        for (int i = 0; i < 50; i++) {
            cache.put(key("bounded", i), bytes(i, 1_000));
        }

        assertThat(cache.stats("bounded").sizeBytes()).isBetween(10_000L, 20_000L);
        assertThatExceptionOfType(CacheCapacityException.class)
                .isThrownBy(() -> cache.put(key("bounded", 99), bytes(99, 30_000)));
        assertThat(cache.stats("bounded").entries()).isPositive();
    }

    @Test
    void leastOftenReadEntryGoesFirst() {
        open(CachePolicy.builder().maxEntries(20L).eviction(Eviction.LFU));
        cache.put(key("bounded", 0), bytes(0, 10));
        cache.get(key("bounded", 0));
        cache.get(key("bounded", 0));

        for (int i = 1; i < 40; i++) {
            clock.advance(Duration.ofSeconds(1));
            cache.put(key("bounded", i), bytes(i, 10));
        }

        assertThat(cache.exists(key("bounded", 0))).isTrue();
    }

    @Test
    void whatIsQuickToLoadForItsSizeGoesFirst() {
        open(CachePolicy.builder().maxEntries(20L).eviction(Eviction.COST));
        cache.getOrCompute(key("bounded", 0), key -> {
            long end = System.nanoTime() + 20_000_000;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return bytes(0, 10);
        });

        for (int i = 1; i < 40; i++) {
            int id = i;
            clock.advance(Duration.ofMillis(10));
            cache.getOrCompute(key("bounded", i), key -> bytes(id, 10));
        }

        assertThat(cache.exists(key("bounded", 0))).isTrue();
        assertThat(cache.stats("bounded").evictions()).isGreaterThan(15);
    }

    private void open(CachePolicy.Builder policy) {
        cache.close();
        cache = CachenessBuilder.at(directory)
                .clock(clock)
                .policy("bounded", policy.build())
                .build();
    }

    private static CacheKey<byte[]> key(String namespace, int id) {
        return CacheKey.in(namespace, Map.of("id", id)).as(byte[].class);
    }

    private static byte[] bytes(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
