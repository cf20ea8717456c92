package dev.cacheness.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheEntry;
import dev.cacheness.CacheEvent;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachePolicy;
import dev.cacheness.engine.CachenessBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class PoliciesTests {

    private static final Logger log = LoggerFactory.getLogger(PoliciesTests.class);

    record PriceKey(String symbol) implements CacheKey<Double> {}

    @TempDir
    Path directory;

    private boolean providerIsDown;

    @Test
    void staleValueStandsIn() {
        var now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
        CachenessBuilder builder = CachenessBuilder.at(directory).clock(now::get);

        // docs:start builder
        Cacheness cache = builder.policy(
                        "*PriceKey",
                        CachePolicy.builder()
                                .ttl(Duration.ofMinutes(10))
                                .softTtl(Duration.ofMinutes(1))
                                .staleIfError(Duration.ofHours(24))
                                .hardTimeout(Duration.ofSeconds(2))
                                .build())
                .build();
        // docs:end builder

        cache.getOrCompute(new PriceKey("AAPL"), this::download);
        now.set(now.get().plus(Duration.ofHours(1)));
        providerIsDown = true;
        // docs:start stale
        CacheEntry<Double> price = cache.getOrComputeEntry(new PriceKey("AAPL"), this::download);
        String header = price.isStale() ? "STALE" : "FRESH";
        log.info("X-Cache: {}, Age: {}", header, price.age().toSeconds());
        // docs:end stale

        assertThat(header).isEqualTo("STALE");
        assertThat(price.age()).isEqualTo(Duration.ofHours(1));
        cache.close();
    }

    @Test
    void manyValuesTakeOneLoad() {
        Cacheness cache = CachenessBuilder.inMemory().build();
        cache.put(new PriceKey("AAPL"), 1.0);

        // docs:start bulk
        Map<PriceKey, Double> prices = cache.getAllOrCompute(
                List.of(new PriceKey("AAPL"), new PriceKey("MSFT")), missing -> downloadAll(missing));
        // docs:end bulk

        assertThat(prices).containsOnlyKeys(new PriceKey("AAPL"), new PriceKey("MSFT"));
        assertThat(prices.get(new PriceKey("AAPL"))).isEqualTo(1.0);
        cache.close();
    }

    @Test
    void listenerHears() {
        // docs:start listener
        Cacheness cache = CachenessBuilder.inMemory()
                .listener(event -> {
                    if (event instanceof CacheEvent.LoadFailed failed) {
                        log.warn("{} could not be loaded", failed.digest(), failed.failure());
                    }
                })
                .build();
        // docs:end listener

        cache.put(new PriceKey("AAPL"), 1.0);
        cache.close();
    }

    private Double download(PriceKey key) {
        if (providerIsDown) {
            throw new IllegalStateException("The provider is down");
        }
        return 42.0;
    }

    private Map<PriceKey, Double> downloadAll(Set<PriceKey> keys) {
        return keys.stream().collect(Collectors.toMap(Function.identity(), key -> 42.0));
    }
}
