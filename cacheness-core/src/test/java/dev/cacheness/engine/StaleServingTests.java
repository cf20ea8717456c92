package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheEntry;
import dev.cacheness.CacheKey;
import dev.cacheness.CacheLoadRefusedException;
import dev.cacheness.CacheLoadTimeoutException;
import dev.cacheness.Cacheness;
import dev.cacheness.EntryMetadata;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.PutOption;
import dev.cacheness.internal.codec.CodecRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaleServingTests {

    private static final CacheKey<String> KEY =
            CacheKey.in("prices", Map.of("id", 1)).as(String.class);

    private static final Duration TTL = Duration.ofMinutes(10);

    private static final Duration SOFT_TTL = Duration.ofMinutes(1);

    private static final Duration WINDOW = Duration.ofHours(1);

    private static final int CALLERS = 64;

    private final MutableInstantSource clock = new MutableInstantSource(Instant.parse("2026-01-02T03:04:05Z"));

    private final AtomicInteger loads = new AtomicInteger();

    @TempDir
    Path directory;

    private Cacheness cache = CachenessBuilder.inMemory().build();

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void pastTheSoftTimeToLiveOneLoadRunsAndNoCallerWaits() throws Exception {
        open(CachePolicy.builder().ttl(TTL).softTtl(SOFT_TTL));
        cache.getOrCompute(KEY, key -> load());
        clock.advance(SOFT_TTL);
        var go = new CountDownLatch(1);
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

        List<Future<CacheEntry<String>>> answers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            answers.add(callers.submit(() -> cache.getOrComputeEntry(KEY, key -> {
                go.await();
                return load();
            })));
        }

        for (Future<CacheEntry<String>> answer : answers) {
            assertThat(answer.get().value()).isEqualTo("value1");
            assertThat(answer.get().isStale()).isTrue();
            assertThat(answer.get().age()).isEqualTo(SOFT_TTL);
        }
        assertThat(loads).hasValue(1);
        go.countDown();
        await().until(() -> cache.get(KEY).equals(Optional.of("value2")));
        assertThat(loads).hasValue(2);
        assertThat(cache.stats("prices").staleHits()).isGreaterThanOrEqualTo(CALLERS);
        assertThat(cache.stats("prices").hits()).isGreaterThanOrEqualTo(CALLERS);
        callers.shutdownNow();
    }

    @Test
    void refreshThatFailsIsNotTriedAgainAtOnce() {
        open(CachePolicy.builder().ttl(TTL).softTtl(SOFT_TTL).staleRetry(Duration.ofSeconds(20)));
        cache.getOrCompute(KEY, key -> load());
        clock.advance(SOFT_TTL);

        assertThat(cache.getOrCompute(KEY, key -> fail())).isEqualTo("value1");
        await().until(() -> cache.stats().loadFailures() == 1);
        assertThat(cache.getOrCompute(KEY, key -> fail())).isEqualTo("value1");
        clock.advance(Duration.ofSeconds(20));
        await().until(() -> {
            cache.getOrCompute(KEY, key -> load());
            return cache.get(KEY).orElseThrow().equals("value2");
        });

        assertThat(cache.stats().loadFailures()).isEqualTo(1);
    }

    @Test
    void refreshThatBeganBeforeAnInvalidationIsNotStored() throws Exception {
        open(CachePolicy.builder().ttl(TTL).softTtl(SOFT_TTL));
        cache.getOrCompute(KEY, key -> load());
        clock.advance(SOFT_TTL);
        var loading = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        cache.getOrCompute(KEY, key -> {
            loading.countDown();
            go.await();
            return load();
        });
        loading.await();

        cache.invalidate(KEY);
        go.countDown();

        await().until(() -> cache.stats().loads() == 2);
        cache.close();
        assertThat(loads).hasValue(2);
        cache = CachenessBuilder.at(directory).build();
        assertThat(cache.exists(KEY)).isFalse();
    }

    @Test
    void valueIsRefreshedAheadOfItsEnd() {
        open(CachePolicy.builder().ttl(TTL).refreshAhead(0.8));
        cache.getOrCompute(KEY, key -> load());

        clock.advance(Duration.ofMinutes(7));
        assertThat(cache.getOrComputeEntry(KEY, key -> load()).isStale()).isFalse();
        assertThat(loads).hasValue(1);
        clock.advance(Duration.ofMinutes(1));
        assertThat(cache.getOrCompute(KEY, key -> load())).isEqualTo("value1");

        await().until(() -> cache.get(KEY).orElseThrow().equals("value2"));
    }

    @Test
    void chanceOfAnEarlyRefreshGrowsTowardsTheEndWithTheLoadTime() {
        Instant start = clock.instant();
        EffectivePolicy policy = new EffectivePolicy(
                CachePolicy.builder().earlyRefresh(1.0).build(), new CodecRegistry().require("none"), 0, 0, 0, 1);
        var metadata = new EntryMetadata(
                "0".repeat(32),
                "",
                Map.of(),
                null,
                Map.of(),
                Set.of(),
                start,
                start,
                start.plus(TTL),
                0,
                Duration.ofSeconds(10),
                "text",
                "java.lang.String",
                "none",
                1,
                1);

        assertThat(policy.isDue(metadata, start, 0.5)).isFalse();
        assertThat(policy.isDue(metadata, start.plus(TTL).minusSeconds(5), 0.5)).isTrue();
        assertThat(policy.isDue(metadata, start.plus(TTL).minusSeconds(5), 0.9)).isFalse();
        assertThat(policy.isDue(metadata, start.plus(TTL).minusSeconds(60), 0.001))
                .isTrue();
    }

    @Test
    void staleValueStandsInForAFailedLoadAndTheSourceIsLeftAloneForAWhile() {
        open(CachePolicy.builder().ttl(TTL).staleIfError(WINDOW).staleRetry(Duration.ofSeconds(30)));
        cache.getOrCompute(KEY, key -> load());
        clock.advance(TTL.plusMinutes(1));

        CacheEntry<String> answer = cache.getOrComputeEntry(KEY, key -> fail());

        assertThat(answer.value()).isEqualTo("value1");
        assertThat(answer.isStale()).isTrue();
        assertThat(answer.age()).isEqualTo(TTL.plusMinutes(1));
        assertThat(cache.getOrCompute(KEY, key -> load())).isEqualTo("value1");
        assertThat(cache.stats("prices").staleHits()).isEqualTo(2);
        assertThat(cache.stats("prices").misses().get(MissReason.EXPIRED)).isEqualTo(2);
        clock.advance(Duration.ofSeconds(30));
        assertThat(cache.getOrCompute(KEY, key -> load())).isEqualTo("value2");
        assertThat(cache.getOrComputeEntry(KEY, key -> load()).isStale()).isFalse();
    }

    @Test
    void staleValueIsServedNeitherAfterItsWindowNorAfterAnInvalidationNorToOthers() {
        open(CachePolicy.builder().ttl(TTL).staleIfError(WINDOW));
        cache.getOrCompute(KEY, key -> load());
        clock.advance(TTL.plusMinutes(1));
        assertThat(cache.get(KEY)).isEmpty();
        assertThat(cache.exists(KEY)).isFalse();
        assertThat(cache.lookup(KEY)).isEqualTo(new Lookup.Miss<>(MissReason.EXPIRED));
        assertThat(cache.getOrCompute(KEY, key -> fail())).isEqualTo("value1");

        cache.invalidate(KEY);
        assertThatIllegalStateException().isThrownBy(() -> cache.getOrCompute(KEY, key -> fail()));

        cache.getOrCompute(KEY, key -> load());
        clock.advance(TTL.plus(WINDOW));
        assertThatIllegalStateException().isThrownBy(() -> cache.getOrCompute(KEY, key -> fail()));
    }

    @Test
    void valueThatWasInvalidatedWhileTheLoadWentOnDoesNotStandIn() {
        open(CachePolicy.builder().ttl(TTL).staleIfError(WINDOW));
        cache.getOrCompute(KEY, key -> load());
        clock.advance(TTL);

        assertThatIllegalStateException()
                .isThrownBy(() -> cache.getOrCompute(KEY, key -> {
                    cache.invalidate(key);
                    return fail();
                }));
    }

    @Test
    void sweepLeavesWhatMayStillStandInAndTakesTheRest() {
        open(CachePolicy.builder().ttl(TTL).staleIfError(WINDOW));
        CacheKey<String> other = CacheKey.in("users", Map.of("id", 1)).as(String.class);
        cache.getOrCompute(KEY, key -> load());
        cache.put(other, "value", PutOption.ttl(TTL));
        clock.advance(TTL);

        assertThat(cache.cleanUpExpired()).isEqualTo(1);
        assertThat(cache.getOrCompute(KEY, key -> fail())).isEqualTo("value1");
        clock.advance(WINDOW);
        assertThat(cache.cleanUpExpired()).isEqualTo(1);
        assertThat(cache.stats().entries()).isZero();
    }

    @Test
    void softTimeoutServesTheStaleValueAndTheLoadEndsInTheBackground() throws Exception {
        open(CachePolicy.builder().ttl(TTL).staleIfError(WINDOW).softTimeout(Duration.ofMillis(20)));
        cache.getOrCompute(KEY, key -> load());
        clock.advance(TTL);
        var go = new CountDownLatch(1);

        CacheEntry<String> answer = cache.getOrComputeEntry(KEY, key -> {
            go.await();
            return load();
        });

        assertThat(answer.value()).isEqualTo("value1");
        assertThat(answer.isStale()).isTrue();
        go.countDown();
        await().until(() -> cache.get(KEY).isPresent());
        assertThat(cache.get(KEY)).contains("value2");
    }

    @Test
    void hardTimeoutEndsTheWaitAndTheLoadEndsInTheBackground() {
        open(CachePolicy.builder().hardTimeout(Duration.ofMillis(20)));
        var go = new CountDownLatch(1);

        assertThatExceptionOfType(CacheLoadTimeoutException.class)
                .isThrownBy(() -> cache.getOrCompute(KEY, key -> {
                    go.await();
                    return load();
                }))
                .withMessageContaining("20 ms");

        go.countDown();
        await().until(() -> cache.get(KEY).isPresent());
    }

    @Test
    void failureWithinTheTimeLimitsReachesTheCallerUnchanged() {
        open(CachePolicy.builder().hardTimeout(Duration.ofMinutes(1)));
        var failure = new IOException("source is down");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> cache.getOrCompute(KEY, key -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void loaderWithATimeLimitThatAsksForItsOwnKeyIsRefused() {
        open(CachePolicy.builder().hardTimeout(Duration.ofMinutes(1)));

        assertThatIllegalStateException()
                .isThrownBy(() -> cache.getOrCompute(KEY, key -> cache.getOrCompute(key, again -> "never")))
                .withMessageContaining("asks for the key that it is loading");
    }

    @Test
    void breakerKeepsFromLoadingInVainAndLetsOneTryForEachPause() {
        open(CachePolicy.builder().breakerFailures(2).breakerPause(Duration.ofSeconds(10)));
        for (int i = 0; i < 2; i++) {
            assertThatIllegalStateException().isThrownBy(() -> cache.getOrCompute(KEY, key -> fail()));
        }

        assertThatExceptionOfType(CacheLoadRefusedException.class)
                .isThrownBy(() -> cache.getOrCompute(KEY, key -> load()));
        clock.advance(Duration.ofSeconds(10));
        assertThatIllegalStateException().isThrownBy(() -> cache.getOrCompute(KEY, key -> fail()));
        assertThatExceptionOfType(CacheLoadRefusedException.class)
                .isThrownBy(() -> cache.getOrCompute(KEY, key -> load()));
        clock.advance(Duration.ofSeconds(10));
        assertThat(cache.getOrCompute(KEY, key -> load())).isEqualTo("value1");
        cache.invalidate(KEY);
        assertThat(cache.getOrCompute(KEY, key -> load())).isEqualTo("value2");
    }

    @Test
    void entryThatNobodyReadsEndsBeforeItsTime() {
        open(CachePolicy.builder().ttl(TTL).idleTtl(Duration.ofMinutes(2)));
        cache.put(KEY, "value");

        for (int i = 0; i < 4; i++) {
            clock.advance(Duration.ofSeconds(90));
            assertThat(cache.get(KEY)).contains("value");
        }
        clock.advance(Duration.ofMinutes(2));

        assertThat(cache.exists(KEY)).isFalse();
        assertThat(cache.metadata(KEY)).isEmpty();
        assertThat(cache.lookup(KEY)).isEqualTo(new Lookup.Miss<>(MissReason.EXPIRED));
    }

    @Test
    void sweepRemovesWhatNobodyReads() {
        open(CachePolicy.builder().ttl(TTL).idleTtl(Duration.ofMinutes(2)));
        CacheKey<Object> idle = CacheKey.in("prices", Map.of("symbol", "IDLE"));
        CacheKey<Object> other = CacheKey.in("other", Map.of("symbol", "IDLE"));
        cache.put(KEY, "value");
        cache.put(idle, "value");
        cache.put(other, "value");
        clock.advance(Duration.ofSeconds(90));
        cache.get(KEY);
        clock.advance(Duration.ofSeconds(60));

        assertThat(cache.cleanUpExpired()).isEqualTo(1);
        assertThat(cache.stats().entries()).isEqualTo(2);
        assertThat(cache.get(KEY)).isPresent();
        assertThat(cache.get(other)).isPresent();
        assertThat(cache.stats("prices").expirations()).isEqualTo(1);
    }

    @Test
    void sweepLeavesWhatAnotherProcessMayHaveJustRead() {
        open(CachePolicy.builder().ttl(TTL).idleTtl(Duration.ofMinutes(2)));
        cache.put(KEY, "value");
        clock.advance(Duration.ofMinutes(2).plusSeconds(10));

        assertThat(cache.cleanUpExpired()).isZero();
        clock.advance(Duration.ofSeconds(5));
        assertThat(cache.cleanUpExpired()).isEqualTo(1);
    }

    private void open(CachePolicy.Builder policy) {
        cache.close();
        cache = CachenessBuilder.at(directory)
                .clock(clock)
                .policy("prices", policy.build())
                .build();
    }

    private String load() {
        return "value" + loads.incrementAndGet();
    }

    private static String fail() {
        throw new IllegalStateException("source is down");
    }
}
