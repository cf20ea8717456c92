package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheKey;
import dev.cacheness.CacheLoadRefusedException;
import dev.cacheness.CacheLoadTimeoutException;
import dev.cacheness.Cacheness;
import dev.cacheness.KeyNamespace;
import dev.cacheness.MutableInstantSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads of many keys, and what the policies of their caches say of loads. */
class BulkLimitsTests {

    private static final Duration TTL = Duration.ofMinutes(10);

    private static final Duration SOFT_TTL = Duration.ofMinutes(1);

    private static final Duration WINDOW = Duration.ofHours(1);

    private static final Duration LONG = Duration.ofSeconds(10);

    private final MutableInstantSource clock = new MutableInstantSource(Instant.parse("2026-01-02T03:04:05Z"));

    private final AtomicInteger loads = new AtomicInteger();

    private final ConcurrentLinkedQueue<Set<Integer>> asked = new ConcurrentLinkedQueue<>();

    private final CountDownLatch go = new CountDownLatch(1);

    @TempDir
    Path directory;

    private Cacheness cache = CachenessBuilder.inMemory().build();

    @KeyNamespace("prices")
    record PriceKey(int id) implements CacheKey<String> {}

    @AfterEach
    void close() {
        go.countDown();
        cache.close();
    }

    @Test
    void whatIsPastItsSoftTimeIsHandedOutAndLoadedAnewAtOnceInTheBackground() {
        open(CachePolicy.builder().ttl(TTL).softTtl(SOFT_TTL));
        cache.getAllOrCompute(keys(3), this::load);
        clock.advance(SOFT_TTL);

        Map<PriceKey, String> values = cache.getAllOrCompute(keys(3), this::load);

        assertThat(values.values()).containsExactly("0 of 1", "1 of 1", "2 of 1");
        await().until(() -> cache.get(new PriceKey(2)).equals(Optional.of("2 of 2")));
        assertThat(asked).containsExactly(Set.of(0, 1, 2), Set.of(0, 1, 2));
        assertThat(cache.getAllOrCompute(keys(3), this::load).values()).containsExactly("0 of 2", "1 of 2", "2 of 2");
        assertThat(loads).hasValue(2);
    }

    @Test
    void refreshThatIsUnderWayIsNotStartedAgain() {
        open(CachePolicy.builder().ttl(TTL).softTtl(SOFT_TTL));
        cache.getAllOrCompute(keys(2), this::load);
        clock.advance(SOFT_TTL);

        for (int i = 0; i < 10; i++) {
            cache.getAllOrCompute(keys(2), this::loadLater);
            cache.getOrCompute(new PriceKey(1), key -> "alone");
        }
        go.countDown();

        await().until(() -> cache.get(new PriceKey(1)).equals(Optional.of("1 of 2")));
        assertThat(loads).hasValue(2);
    }

    @Test
    void refreshThatFailsIsNotTriedAgainAtOnce() {
        open(CachePolicy.builder().ttl(TTL).softTtl(SOFT_TTL).staleRetry(Duration.ofSeconds(20)));
        cache.getAllOrCompute(keys(2), this::load);
        clock.advance(SOFT_TTL);

        cache.getAllOrCompute(keys(2), BulkLimitsTests::fail);
        await().until(() -> cache.stats().loadFailures() == 1);
        assertThat(cache.getAllOrCompute(keys(2), BulkLimitsTests::fail)).hasSize(2);
        clock.advance(Duration.ofSeconds(20));

        await().until(() -> {
            cache.getAllOrCompute(keys(2), this::load);
            return cache.get(new PriceKey(1)).equals(Optional.of("1 of 2"));
        });
        assertThat(cache.stats().loadFailures()).isEqualTo(1);
    }

    @Test
    void staleValuesStandInForALoadThatFailsAndKeepItFromBeingTriedAgain() {
        open(CachePolicy.builder().ttl(TTL).staleIfError(WINDOW).staleRetry(Duration.ofSeconds(20)));
        cache.getAllOrCompute(keys(2), this::load);
        clock.advance(TTL);

        assertThat(cache.getAllOrCompute(keys(2), BulkLimitsTests::fail).values())
                .containsExactly("0 of 1", "1 of 1");
        assertThat(cache.stats("prices").staleHits()).isEqualTo(2);
        assertThat(cache.getAllOrCompute(keys(2), this::load).values()).containsExactly("0 of 1", "1 of 1");
        assertThat(loads).hasValue(1);
        clock.advance(Duration.ofSeconds(20));
        assertThat(cache.getAllOrCompute(keys(2), this::load).values()).containsExactly("0 of 2", "1 of 2");
    }

    @Test
    void failureReachesTheCallerIfOneKeyHasNoStaleValue() {
        open(CachePolicy.builder().ttl(TTL).staleIfError(WINDOW));
        cache.getAllOrCompute(keys(2), this::load);
        clock.advance(TTL);

        assertThatIllegalStateException()
                .isThrownBy(() -> cache.getAllOrCompute(keys(3), BulkLimitsTests::fail))
                .withMessage("source is down");
        assertThat(cache.stats("prices").staleHits()).isZero();
        cache.invalidate(new PriceKey(1));
        assertThatIllegalStateException().isThrownBy(() -> cache.getAllOrCompute(keys(2), BulkLimitsTests::fail));
    }

    @Test
    void slowLoadIsLeftToTheBackgroundWhileStaleValuesStandIn() {
        open(CachePolicy.builder().ttl(TTL).staleIfError(WINDOW).softTimeout(Duration.ofMillis(50)));
        cache.getAllOrCompute(keys(2), this::load);
        clock.advance(TTL);

        assertThat(cache.getAllOrCompute(keys(2), this::loadLater).values()).containsExactly("0 of 1", "1 of 1");
        go.countDown();

        await().until(() -> cache.get(new PriceKey(1)).equals(Optional.of("1 of 2")));
    }

    @Test
    void callerWaitsNoLongerThanTheHardTimeoutAndTheValuesAreStored() {
        open(CachePolicy.builder().ttl(TTL).hardTimeout(Duration.ofMillis(50)));

        assertThatExceptionOfType(CacheLoadTimeoutException.class)
                .isThrownBy(() -> cache.getAllOrCompute(keys(2), this::loadLater));
        go.countDown();

        await().until(() -> cache.exists(new PriceKey(1)));
        assertThat(cache.getAllOrCompute(keys(2), this::load).values()).containsExactly("0 of 1", "1 of 1");
    }

    @Test
    void loadWithATimeLimitThatAsksForItsOwnKeyIsRefusedInsteadOfHanging() {
        open(CachePolicy.builder().ttl(TTL).hardTimeout(LONG));

        assertThatIllegalStateException()
                .isThrownBy(() -> cache.getAllOrCompute(
                        keys(2), missing -> Map.of(new PriceKey(0), cache.getOrCompute(new PriceKey(0), key -> "x"))))
                .withMessageContaining("asks for the key that it is loading");
    }

    @Test
    void loadWithinTheLimitGivesItsValuesAndItsFailures() {
        open(CachePolicy.builder().ttl(TTL).hardTimeout(LONG));

        assertThat(cache.getAllOrCompute(keys(2), this::load).values()).containsExactly("0 of 1", "1 of 1");
        assertThatIllegalStateException()
                .isThrownBy(() -> cache.getAllOrCompute(keys(3), BulkLimitsTests::fail))
                .withMessage("source is down");
    }

    @Test
    void breakerCountsALoadOnceAndRefusesFurtherOnes() {
        open(CachePolicy.builder().breakerFailures(2).breakerPause(Duration.ofSeconds(10)));
        for (int i = 0; i < 2; i++) {
            assertThatIllegalStateException().isThrownBy(() -> cache.getAllOrCompute(keys(5), BulkLimitsTests::fail));
        }

        assertThatExceptionOfType(CacheLoadRefusedException.class)
                .isThrownBy(() -> cache.getAllOrCompute(keys(5), this::load));
        assertThatExceptionOfType(CacheLoadRefusedException.class)
                .isThrownBy(() -> cache.getOrCompute(new PriceKey(9), key -> "x"));
        clock.advance(Duration.ofSeconds(10));
        assertThat(cache.getAllOrCompute(keys(5), this::load)).hasSize(5);
        assertThat(cache.getAllOrCompute(keys(7), this::load)).hasSize(7);
    }

    @Test
    void keyWithoutAValueIsNoFailure() {
        open(CachePolicy.builder().breakerFailures(1).hardTimeout(LONG));

        assertThat(cache.getAllOrCompute(keys(2), missing -> Map.of())).isEmpty();
        assertThat(cache.getAllOrCompute(keys(2), this::load)).hasSize(2);
    }

    private void open(CachePolicy.Builder policy) {
        cache.close();
        cache = CachenessBuilder.at(directory)
                .clock(clock)
                .policy("prices", policy.build())
                .build();
    }

    private Map<PriceKey, String> load(Set<PriceKey> missing) {
        int number = loads.incrementAndGet();
        asked.add(missing.stream().map(PriceKey::id).collect(Collectors.toSet()));
        return missing.stream().collect(Collectors.toMap(key -> key, key -> key.id() + " of " + number));
    }

    private Map<PriceKey, String> loadLater(Set<PriceKey> missing) {
        try {
            go.await();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
        return load(missing);
    }

    private static Map<PriceKey, String> fail(Set<PriceKey> missing) {
        throw new IllegalStateException("source is down");
    }

    private static List<PriceKey> keys(int count) {
        return IntStream.range(0, count).mapToObj(PriceKey::new).toList();
    }
}
