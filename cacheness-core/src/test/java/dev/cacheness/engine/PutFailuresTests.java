package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheCapacityException;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is told that a value could not be stored: by default nobody who wanted the value. Here it is too large. */
class PutFailuresTests {

    private static final CacheKey<Object> TOLD = CacheKey.in("told", Map.of("id", 1));

    private static final CacheKey<Object> SPARED = CacheKey.in("spared", Map.of("id", 1));

    private static final byte[] LARGE = new byte[1_000];

    private final Cacheness cache = CachenessBuilder.inMemory()
            .maxSize(100)
            .policy("told", CachePolicy.builder().putFailures(PutFailures.THROW).build())
            .policy(
                    "slow*",
                    CachePolicy.builder()
                            .putFailures(PutFailures.THROW)
                            .staleIfError(Duration.ofHours(1))
                            .hardTimeout(Duration.ofSeconds(30))
                            .breakerFailures(1)
                            .build())
            .build();

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void callersAreSparedUnlessThePolicyWantsThemToBeTold() {
        assertThat(cache.getOrCompute(SPARED, key -> LARGE)).isSameAs(LARGE);
        assertThat(cache.stats("spared").storeFailures()).isEqualTo(1);

        assertThatExceptionOfType(CacheCapacityException.class)
                .isThrownBy(() -> cache.getOrCompute(TOLD, key -> LARGE));
        assertThat(cache.stats("told").storeFailures()).isEqualTo(1);
        assertThat(cache.stats("told").loadFailures()).isZero();
        assertThat(cache.getOrCompute(TOLD, key -> "small")).isEqualTo("small");
    }

    @Test
    void limitsOfLoadsTakeItForNoFailureOfTheLoad() {
        CacheKey<Object> key = CacheKey.in("slow", Map.of("id", 1));

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(CacheCapacityException.class)
                    .isThrownBy(() -> cache.getOrCompute(key, same -> LARGE));
        }
        assertThat(cache.getOrCompute(key, same -> "small")).isEqualTo("small");
    }

    @Test
    void bulkLoadStoresTheOthersAndTellsThen() {
        List<CacheKey<Object>> keys =
                List.of(CacheKey.in("told", Map.of("id", 1)), CacheKey.in("told", Map.of("id", 2)));

        assertThatExceptionOfType(CacheCapacityException.class)
                .isThrownBy(() -> cache.getAllOrCompute(
                        keys,
                        missing -> missing.stream()
                                .collect(Collectors.toMap(
                                        key -> key, key -> key.equals(keys.get(0)) ? LARGE : (Object) "small"))));
        assertThat(cache.get(keys.get(1))).contains("small");
        assertThat(cache.getOrCompute(keys.get(0), key -> "later")).isEqualTo("later");
    }

    @Test
    void whoPutsIsAlwaysTold() {
        assertThatExceptionOfType(CacheCapacityException.class).isThrownBy(() -> cache.put(SPARED, LARGE));
    }
}
