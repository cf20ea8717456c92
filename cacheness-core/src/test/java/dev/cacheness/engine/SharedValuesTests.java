package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.PutOption;
import dev.cacheness.spi.NullValue;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values that the memory layer hands out by reference. */
class SharedValuesTests {

    private static final CacheKey<Object> KEY = CacheKey.in("shared", Map.of("id", 1));

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private final MutableInstantSource clock = new MutableInstantSource(Instant.parse("2026-01-02T03:04:05Z"));

    private Cacheness cache;

    @BeforeEach
    void open() {
        cache = open(MemoryPolicy.LRU);
    }

    @AfterEach
    void close() {
        cache.close();
    }

    @ParameterizedTest
    @EnumSource(MemoryPolicy.class)
    void readersOfAnImmutableValueGetTheSameObject(MemoryPolicy policy) {
        try (Cacheness other = open(policy)) {
            other.put(KEY, new Price("A", BigDecimal.ONE));

            Object first = other.get(KEY).orElseThrow();

            assertThat(other.get(KEY).orElseThrow()).isSameAs(first).isEqualTo(new Price("A", BigDecimal.ONE));
            assertThat(other.getOrCompute(KEY, key -> "loaded")).isSameAs(first);
            assertThat(other.stats("shared").hits()).isEqualTo(3);
        }
    }

    @Test
    void otherCachesMakeAValueForEachReader() {
        CacheKey<Object> key = CacheKey.in("other", Map.of("id", 1));
        cache.put(key, new Price("A", BigDecimal.ONE));

        assertThat(cache.get(key).orElseThrow())
                .isNotSameAs(cache.get(key).orElseThrow())
                .isEqualTo(cache.get(key).orElseThrow());
    }

    @Test
    void valueThatCanBeChangedIsMadeForEachReader() {
        cache.put(KEY, new Holder(new int[] {1}));

        Holder first = (Holder) cache.get(KEY).orElseThrow();
        first.numbers()[0] = 99;

        assertThat(((Holder) cache.get(KEY).orElseThrow()).numbers()).containsExactly(1);
    }

    @Test
    void cachedNullIsShared() {
        cache.put(KEY, NullValue.INSTANCE);

        assertThat(cache.get(KEY)).containsSame(NullValue.INSTANCE);
        assertThat(cache.get(KEY)).containsSame(NullValue.INSTANCE);
    }

    @Test
    void replacedOrRemovedValueIsNotHandedOutAnyMore() {
        cache.put(KEY, new Price("A", BigDecimal.ONE));
        cache.get(KEY);
        cache.get(KEY);

        cache.put(KEY, new Price("A", BigDecimal.TEN));
        assertThat(cache.get(KEY)).contains(new Price("A", BigDecimal.TEN));
        cache.invalidate(KEY);
        assertThat(cache.lookup(KEY)).isEqualTo(new Lookup.Miss<>(MissReason.INVALIDATED));
        assertThat(cache.get(KEY)).isEmpty();
    }

    @Test
    void expiredValueIsNotHandedOutAnyMore() {
        cache.put(KEY, new Price("A", BigDecimal.ONE), PutOption.ttl(MINUTE));
        cache.get(KEY);
        cache.get(KEY);

        clock.advance(MINUTE);

        assertThat(cache.get(KEY)).isEmpty();
    }

    @Test
    void whatAnotherCacheOfTheDirectoryReplacedShowsAfterTenMilliseconds() {
        cache.put(KEY, new Price("A", BigDecimal.ONE));
        cache.get(KEY);
        cache.get(KEY);
        try (Cacheness other = open(MemoryPolicy.LRU)) {
            other.put(KEY, new Price("A", BigDecimal.TEN));
        }

        clock.advance(Duration.ofMillis(MemoryLayer.CHECK_INTERVAL_MILLIS));

        assertThat(cache.get(KEY)).contains(new Price("A", BigDecimal.TEN));
    }

    @Test
    void readersOfAnotherTypeGetAnObjectOfTheirs() {
        cache.put(KEY, new Price("A", BigDecimal.ONE));
        Object asObject = cache.get(KEY).orElseThrow();

        assertThat(cache.get(KEY.as(Price.class))).contains((Price) asObject);
        assertThat(cache.lookup(KEY.as(String.class))).isEqualTo(new Lookup.Miss<>(MissReason.TYPE_CHANGED));
        assertThat(cache.get(KEY.as(String.class))).isEmpty();
    }

    @Test
    void withoutAMemoryLayerItIsRefused() {
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> CachenessBuilder.inMemory()
                        .policy(
                                "shared",
                                CachePolicy.builder()
                                        .memory(MemoryUse.REFERENCE)
                                        .build())
                        .build())
                .satisfies(ex -> assertThat(ex.property()).isEqualTo("cacheness.caches.shared.memory"));
    }

    @Test
    void neverOlderThanWhatTheSameThreadHasPut() throws Exception {
        var stop = new AtomicBoolean();
        var wrong = new AtomicInteger();
        List<CompletableFuture<Void>> readers = List.of(reading(stop), reading(stop));
        for (int i = 0; i < 2_000; i++) {
            cache.put(KEY, new Price("A", BigDecimal.valueOf(i)));
            Price seen = (Price) cache.get(KEY).orElseThrow();
            if (!seen.amount().equals(BigDecimal.valueOf(i))) {
                wrong.incrementAndGet();
            }
        }
        stop.set(true);
        for (CompletableFuture<Void> reader : readers) {
            reader.get();
        }

        assertThat(wrong).hasValue(0);
    }

    private CompletableFuture<Void> reading(AtomicBoolean stop) {
        return CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                cache.get(KEY);
            }
        });
    }

    private Cacheness open(MemoryPolicy policy) {
        return CachenessBuilder.at(directory)
                .clock(clock)
                .trustedPackages(List.of("dev.cacheness.engine"))
                .memoryLayer(new MemoryLayerSettings(policy, 100, Duration.ofMinutes(5), false))
                .policy(
                        "shared",
                        CachePolicy.builder().memory(MemoryUse.REFERENCE).build())
                .build();
    }

    record Price(String symbol, BigDecimal amount) {}

    record Holder(int[] numbers) {}
}
