package dev.cacheness.boot.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheLoadRefusedException;
import dev.cacheness.CacheLoadTimeoutException;
import dev.cacheness.boot.annotation.Cached;
import dev.cacheness.boot.autoconfigure.CachenessAnnotationAutoConfiguration;
import dev.cacheness.boot.autoconfigure.CachenessAutoConfiguration;
import dev.cacheness.boot.autoconfigure.CachenessCacheManagerAutoConfiguration;
import dev.cacheness.boot.autoconfigure.CachenessClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.interceptor.CacheInterceptor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the policy of a cache says of stale values holds for methods of all kinds. */
@ExtendWith(OutputCaptureExtension.class)
class StaleServingThroughSpringTests {

    @TempDir
    Path directory;

    private ApplicationContextRunner runner;

    @BeforeEach
    void setUp() {
        runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CachenessAutoConfiguration.class,
                        CachenessAnnotationAutoConfiguration.class,
                        CachenessCacheManagerAutoConfiguration.class))
                .withUserConfiguration(Beans.class)
                .withPropertyValues(
                        "cacheness.storage.dir=" + directory.resolve("cache"),
                        "cacheness.caches.soft.ttl=1h",
                        "cacheness.caches.soft.soft-ttl=1m",
                        "cacheness.caches.robust.ttl=1h",
                        "cacheness.caches.robust.stale-if-error=1d",
                        "cacheness.caches.patient.ttl=1h",
                        "cacheness.caches.patient.stale-if-error=1d",
                        "cacheness.caches.patient.soft-timeout=50ms",
                        "cacheness.caches.strict.hard-timeout=50ms",
                        "cacheness.caches.fragile.breaker-failures=1");
    }

    @Test
    void cacheableMethodThatIsNotSynchronizedIsRefreshedInTheBackground() {
        run((prices, source, clock) -> {
            assertThat(prices.soft("a")).isEqualTo("a 1");
            clock.advance(Duration.ofMinutes(2));

            assertThat(prices.soft("a")).isEqualTo("a 1");
            await().untilAsserted(() -> assertThat(prices.soft("a")).isEqualTo("a 2"));
        });
    }

    @Test
    void staleValueStandsInForACacheableMethodThatFails() {
        run((prices, source, clock) -> {
            assertThat(prices.robust("a")).isEqualTo("a 1");
            clock.advance(Duration.ofHours(2));
            source.broken = true;

            assertThat(prices.robust("a")).isEqualTo("a 1");
            assertThatIllegalStateException()
                    .isThrownBy(() -> prices.robust("b"))
                    .withMessage("broken");
        });
    }

    @Test
    void cacheableFutureIsRefreshedAndStandsIn() {
        run((prices, source, clock) -> {
            assertThat(prices.softLater("a").join()).isEqualTo("a 1");
            clock.advance(Duration.ofMinutes(2));
            assertThat(prices.softLater("a").join()).isEqualTo("a 1");
            await().untilAsserted(() -> assertThat(prices.softLater("a").join()).isEqualTo("a 2"));

            assertThat(prices.robustLater("b").join()).isEqualTo("b 3");
            clock.advance(Duration.ofHours(2));
            source.broken = true;
            assertThat(prices.robustLater("b").join()).isEqualTo("b 3");
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> prices.robustLater("c").join())
                    .havingCause()
                    .withMessage("broken");
        });
    }

    @Test
    void cachedResultsThatComeLaterAreRefreshed() {
        run((prices, source, clock) -> {
            assertThat(prices.cachedFuture("a").join()).isEqualTo("a 1");
            assertThat(prices.cachedMono("b").block()).isEqualTo("b 2");
            assertThat(prices.cachedFlux("c").collectList().block()).containsExactly("c", "3");
            clock.advance(Duration.ofMinutes(2));

            assertThat(prices.cachedFuture("a").join()).isEqualTo("a 1");
            await().untilAsserted(
                            () -> assertThat(prices.cachedFuture("a").join()).isEqualTo("a 4"));
            assertThat(prices.cachedMono("b").block()).isEqualTo("b 2");
            await().untilAsserted(
                            () -> assertThat(prices.cachedMono("b").block()).isEqualTo("b 5"));
            assertThat(prices.cachedFlux("c").collectList().block()).containsExactly("c", "3");
            await().untilAsserted(() ->
                    assertThat(prices.cachedFlux("c").collectList().block()).containsExactly("c", "6"));
        });
    }

    @Test
    void refreshThatFailsIsNotTriedAgainAtOnce() {
        run((prices, source, clock) -> {
            assertThat(prices.cachedFuture("a").join()).isEqualTo("a 1");
            clock.advance(Duration.ofMinutes(2));
            source.broken = true;
            assertThat(prices.cachedFuture("a").join()).isEqualTo("a 1");
            await().until(() -> source.calls.get() == 2);

            assertThat(prices.cachedFuture("a").join()).isEqualTo("a 1");
            assertThat(prices.cachedFuture("a").join()).isEqualTo("a 1");
            assertThat(source.calls).hasValue(2);
        });
    }

    @Test
    void staleValueStandsInForALateResultThatIsSlow() {
        run((prices, source, clock) -> {
            source.slow.complete("1");
            assertThat(prices.patientLater("a").join()).isEqualTo("a 1");
            clock.advance(Duration.ofHours(2));
            source.slow = new CompletableFuture<>();

            assertThat(prices.patientLater("a").join()).isEqualTo("a 1");
            assertThat(prices.patientLater("a").join()).isEqualTo("a 1");
            assertThat(source.calls).hasValue(2);
            source.slow.complete("2");
            await().untilAsserted(
                            () -> assertThat(prices.patientLater("a").join()).isEqualTo("a 2"));
        });
    }

    @Test
    void nobodyWaitsForALateResultForLongerThanThePolicyLets() {
        run((prices, source, clock) -> {
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> prices.strictLater("a").join())
                    .withCauseInstanceOf(CacheLoadTimeoutException.class);

            source.slow.complete("1");
            await().untilAsserted(
                            () -> assertThat(prices.strictLater("a").join()).isEqualTo("a 1"));
            assertThat(source.calls).hasValue(1);
        });
    }

    @Test
    void lateResultsThatFailTooOftenAreNotTried() {
        run((prices, source, clock) -> {
            source.broken = true;
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> prices.fragileLater("a").join())
                    .havingCause()
                    .withMessage("broken");

            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> prices.fragileLater("a").join())
                    .withCauseInstanceOf(CacheLoadRefusedException.class);
            assertThat(source.calls).hasValue(1);
        });
    }

    @Test
    void methodThatCannotBeSynchronizedStaysAsItIsAndIsNamed(CapturedOutput output) {
        run((prices, source, clock) -> {
            assertThat(prices.softUnless("a")).isEqualTo("a 1");
            clock.advance(Duration.ofMinutes(2));
            assertThat(prices.softUnless("a")).isEqualTo("a 1");
            assertThat(prices.softPut("a")).isEqualTo("a 2");
        });

        assertThat(output)
                .containsOnlyOnce("softUnless(java.lang.String) gets no stale values")
                .doesNotContain("softPut");
    }

    @Test
    void methodsOfOtherCachesStayAsTheyAre() {
        runner.run(context -> {
            var operations = context.getBean(CacheInterceptor.class).getCacheOperationSource();
            var other = Prices.class.getMethod("other", String.class);
            var foreign = Prices.class.getMethod("foreign", String.class);
            var soft = Prices.class.getMethod("soft", String.class);

            assertThat(operations).isInstanceOf(PolicyOperations.class);
            assertThat(operations.getCacheOperations(other, Prices.class))
                    .singleElement()
                    .hasFieldOrPropertyWithValue("sync", false);
            assertThat(operations.getCacheOperations(foreign, Prices.class))
                    .singleElement()
                    .hasFieldOrPropertyWithValue("sync", false);
            assertThat(operations.getCacheOperations(soft, Prices.class))
                    .singleElement()
                    .hasFieldOrPropertyWithValue("sync", true)
                    .hasFieldOrPropertyWithValue("key", "#name")
                    .hasFieldOrPropertyWithValue("condition", "#name != null");
            assertThat(operations.getCacheOperations(Prices.class.getMethod("notCached"), Prices.class))
                    .isNull();
        });
    }

    private void run(Check check) {
        runner.run((ContextConsumer<AssertableApplicationContext>) context -> check.of(
                context.getBean(Prices.class), context.getBean(Source.class), context.getBean(MovableClock.class)));
    }

    @FunctionalInterface
    private interface Check {

        void of(Prices prices, Source source, MovableClock clock) throws Exception;
    }

    static final class Source {

        final AtomicInteger calls = new AtomicInteger();

        volatile boolean broken;

        volatile CompletableFuture<String> slow = new CompletableFuture<>();

        String price(String name) {
            int call = calls.incrementAndGet();
            if (broken) {
                throw new IllegalStateException("broken");
            }
            return name + " " + call;
        }

        CompletableFuture<String> priceLater(String name) {
            try {
                return CompletableFuture.completedFuture(price(name));
            } catch (IllegalStateException ex) {
                return CompletableFuture.failedFuture(ex);
            }
        }

        CompletableFuture<String> slowPrice(String name) {
            calls.incrementAndGet();
            return slow.thenApply(number -> name + " " + number);
        }
    }

    static class Prices {

        private final Source source;

        Prices(Source source) {
            this.source = source;
        }

        public void notCached() {
            // Nothing.
        }

        @Cacheable(cacheNames = "soft", key = "#name", condition = "#name != null")
        public String soft(String name) {
            return source.price(name);
        }

        @Cacheable("robust")
        public String robust(String name) {
            return source.price(name);
        }

        @Cacheable("soft")
        public CompletableFuture<String> softLater(String name) {
            return source.priceLater(name);
        }

        @Cacheable("robust")
        public CompletableFuture<String> robustLater(String name) {
            return source.priceLater(name);
        }

        @Cached(cache = "soft")
        public CompletableFuture<String> cachedFuture(String name) {
            return source.priceLater(name);
        }

        @Cached(cache = "soft")
        public Mono<String> cachedMono(String name) {
            return Mono.fromCallable(() -> source.price(name));
        }

        @Cached(cache = "soft")
        public Flux<String> cachedFlux(String name) {
            return Flux.defer(() -> Flux.fromIterable(List.of(source.price(name).split(" "))));
        }

        @Cached(cache = "patient")
        public CompletableFuture<String> patientLater(String name) {
            return source.slowPrice(name);
        }

        @Cached(cache = "strict")
        public CompletableFuture<String> strictLater(String name) {
            return source.slowPrice(name);
        }

        @Cached(cache = "fragile")
        public CompletableFuture<String> fragileLater(String name) {
            return source.priceLater(name);
        }

        @Cacheable(cacheNames = "soft", unless = "#result == null")
        public String softUnless(String name) {
            return source.price(name);
        }

        @CachePut("soft")
        public String softPut(String name) {
            return source.price(name);
        }

        @Cacheable("others")
        public String other(String name) {
            return source.price(name);
        }

        @Cacheable(cacheNames = "soft", cacheManager = "foreignManager")
        public String foreign(String name) {
            return source.price(name);
        }
    }

    static final class MovableClock implements InstantSource {

        private volatile Instant now = Instant.parse("2026-01-02T03:04:05Z");

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching(proxyTargetClass = true)
    static class Beans {

        @Bean
        Source source() {
            return new Source();
        }

        @Bean
        Prices prices(Source source) {
            return new Prices(source);
        }

        @Bean
        @CachenessClock
        MovableClock clock() {
            return new MovableClock();
        }

        @Bean(defaultCandidate = false)
        ConcurrentMapCacheManager foreignManager() {
            return new ConcurrentMapCacheManager();
        }
    }
}
