package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheEvent;
import dev.cacheness.CacheEventStats;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.MissReason;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.PutOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CacheEventsTests {

    private final MutableInstantSource clock = new MutableInstantSource(Instant.parse("2026-01-02T03:04:05Z"));

    private final List<CacheEvent> heard = new CopyOnWriteArrayList<>();

    @Test
    void listenersHearInOrderWhatHappensToAnEntry() {
        try (Cacheness cache =
                CachenessBuilder.inMemory().clock(clock).listener(heard::add).build()) {
            CacheKey<String> key = key(1);
            cache.get(key);
            cache.put(key, "value", PutOption.ttl(Duration.ofMinutes(1)));
            cache.get(key);
            cache.invalidate(key);
            cache.put(key, "value", PutOption.ttl(Duration.ofMinutes(1)));
            clock.advance(Duration.ofMinutes(2));
            cache.get(key);
        }

        assertThat(heard)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Miss", "Put", "Hit", "Invalidated", "Put", "Expired", "Miss");
        assertThat(heard).allSatisfy(event -> {
            assertThat(event.namespace()).isEqualTo("users");
            assertThat(event.digest()).hasSize(32);
        });
        assertThat(heard.get(6)).isInstanceOfSatisfying(CacheEvent.Miss.class, miss -> {
            assertThat(miss.reason()).isEqualTo(MissReason.EXPIRED);
            assertThat(miss.time()).isEqualTo(clock.instant());
        });
    }

    @Test
    void loadsAreTold() {
        var failure = new IllegalStateException("source is down");
        try (Cacheness cache = CachenessBuilder.inMemory().listener(heard::add).build()) {
            try {
                cache.getOrCompute(key(1), key -> {
                    throw failure;
                });
            } catch (IllegalStateException expected) {
                assertThat(expected).isSameAs(failure);
            }
            cache.getOrCompute(key(1), key -> "value");
        }

        assertThat(heard)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Miss", "LoadFailed", "Miss", "Loaded", "Put");
        assertThat(((CacheEvent.LoadFailed) heard.get(1)).failure()).isSameAs(failure);
    }

    @Test
    void evictionsAreTold() {
        try (Cacheness cache =
                CachenessBuilder.inMemory().maxSize(2_000).listener(heard::add).build()) {
            for (int i = 0; i < 3; i++) {
                cache.put(
                        CacheKey.in("users", Map.of("id", i)),
                        new Random(i).ints(240).toArray());
            }
        }

        assertThat(heard).anyMatch(CacheEvent.Evicted.class::isInstance);
    }

    @Test
    void slowListenerLosesEventsAndHoldsUpNobody() {
        var go = new CountDownLatch(1);
        try (Cacheness cache =
                CachenessBuilder.inMemory().listener(event -> awaitQuietly(go)).build()) {
            for (int i = 0; i < EventQueue.CAPACITY + 100; i++) {
                cache.get(key(1));
            }

            CacheEventStats stats = cache.unwrap(CacheEventStats.class).orElseThrow();
            assertThat(stats.dropped()).isBetween(90L, 100L);
            go.countDown();
            await().until(() ->
                    cache.unwrap(CacheEventStats.class).orElseThrow().delivered() >= EventQueue.CAPACITY);
        }
    }

    @Test
    void listenerThatThrowsKeepsHearingAndMayUseTheCache() {
        var itself = new AtomicReference<Cacheness>();
        try (Cacheness cache = CachenessBuilder.inMemory()
                .listener(event -> {
                    heard.add(event);
                    if (event instanceof CacheEvent.Put) {
                        itself.get().get(key(2));
                    }
                    throw new IllegalStateException("listener");
                })
                .build()) {
            itself.set(cache);
            cache.put(key(1), "value");

            await().until(() -> heard.size() == 2);
        }
        assertThat(heard.get(1)).isInstanceOf(CacheEvent.Miss.class);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static CacheKey<String> key(int id) {
        return CacheKey.in("users", Map.of("id", id)).as(String.class);
    }
}
