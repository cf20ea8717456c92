package dev.cacheness.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.boot.cache.CachenessCache;
import dev.cacheness.boot.cache.CachenessCacheManager;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.support.NoOpCacheManager;
import org.springframework.cache.transaction.TransactionAwareCacheDecorator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@ExtendWith(OutputCaptureExtension.class)
class CachenessCacheManagerAutoConfigurationTests {

    @TempDir
    Path directory;

    private ApplicationContextRunner runner;

    @BeforeEach
    void setUp() {
        runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CachenessAutoConfiguration.class,
                        CachenessCacheManagerAutoConfiguration.class,
                        CacheAutoConfiguration.class,
                        TaskExecutionAutoConfiguration.class))
                .withUserConfiguration(Caching.class)
                .withPropertyValues("cacheness.storage.dir=" + directory.resolve("cache"));
    }

    @Test
    void methodIsAskedOnceAndNotAgainAfterARestart() {
        runner.run(context -> {
            Service service = context.getBean(Service.class);

            assertThat(service.name(1)).isEqualTo("name 1, call 1");
            assertThat(service.name(1)).isEqualTo("name 1, call 1");
            assertThat(service.name(2)).isEqualTo("name 2, call 2");
        });
        runner.run(context -> assertThat(context.getBean(Service.class).name(1)).isEqualTo("name 1, call 1"));
    }

    @Test
    void annotationsPutAndEvict() {
        runner.run(context -> {
            Service service = context.getBean(Service.class);
            service.name(1);

            service.rename(1, "new");
            assertThat(service.name(1)).isEqualTo("new");
            service.forget(1);
            assertThat(service.name(1)).isEqualTo("name 1, call 2");
            service.forgetAll();
            assertThat(service.name(1)).isEqualTo("name 1, call 3");
        });
    }

    @Test
    void nullIsKept() {
        runner.run(context -> {
            Service service = context.getBean(Service.class);

            assertThat(service.nothing()).isNull();
            assertThat(service.nothing()).isNull();
            assertThat(service.calls()).isEqualTo(1);
        });
    }

    @Test
    void resultOfAnUntrustedClassIsReturnedWithALogLine(CapturedOutput output) {
        runner.withPropertyValues("cacheness.handlers.trusted-packages=com.example")
                .run(context -> {
                    Service service = context.getBean(Service.class);

                    assertThat(service.record()).isEqualTo(new Point(1, 2));
                    assertThat(service.record()).isEqualTo(new Point(1, 2));
                    assertThat(service.synchronizedRecord()).isEqualTo(new Point(1, 2));
                    assertThat(service.calls()).isEqualTo(3);
                });

        assertThat(output).contains("cacheness.handlers.trusted-packages");
    }

    @Test
    void futuresAndPublishersAreCachedByTheirValues() {
        runner.run(context -> {
            Service service = context.getBean(Service.class);

            assertThat(service.future(1).join()).isEqualTo("future 1");
            assertThat(service.future(1).join()).isEqualTo("future 1");
            assertThat(service.synchronizedFuture().join()).isEqualTo("future 2");
            assertThat(service.synchronizedFuture().join()).isEqualTo("future 2");
            assertThat(service.mono().block()).isEqualTo("mono 3");
            assertThat(service.mono().block()).isEqualTo("mono 3");
            assertThat(service.emptyMono().block()).isNull();
            assertThat(service.emptyMono().block()).isNull();
            assertThat(service.flux().collectList().block()).containsExactly("flux", "5");
            assertThat(service.flux().collectList().block()).containsExactly("flux", "5");
        });
    }

    @Test
    void knownMissGoesOnToTheNextCache() {
        runner.run(context -> {
            Service service = context.getBean(Service.class);
            context.getBean(CacheManager.class).getCache("second").put("k", "from second");

            assertThat(service.twoCaches("k").join()).isEqualTo("from second");
        });
    }

    @Test
    void isTheApplicationsManagerAndSaysSo(CapturedOutput output) {
        runner.run(context -> {
            assertThat(context).hasSingleBean(CacheManager.class);
            assertThat(context.getBean("cacheManager")).isInstanceOf(CachenessCacheManager.class);
        });

        assertThat(output).contains("cacheness.spring-cache.mode=off");
    }

    @Test
    void backsOffWithoutCaching() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CachenessAutoConfiguration.class, CachenessCacheManagerAutoConfiguration.class))
                .withPropertyValues("cacheness.storage.dir=" + directory.resolve("cache"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CacheManager.class));
    }

    @Test
    void managerOfTheApplicationWins() {
        runner.withUserConfiguration(OwnManager.class)
                .run(context ->
                        assertThat(context).getBean(CacheManager.class).isInstanceOf(ConcurrentMapCacheManager.class));
    }

    @Test
    void typeOfTheApplicationWins() {
        runner.withPropertyValues("spring.cache.type=none")
                .run(context -> assertThat(context).getBean(CacheManager.class).isInstanceOf(NoOpCacheManager.class));
        runner.withPropertyValues("spring.cache.type=simple")
                .run(context ->
                        assertThat(context).getBean(CacheManager.class).isInstanceOf(ConcurrentMapCacheManager.class));
    }

    @Test
    void offLeavesTheChoiceToSpringBoot() {
        runner.withPropertyValues("cacheness.spring-cache.mode=off")
                .run(context -> assertThat(context)
                        .hasSingleBean(CacheManager.class)
                        .hasSingleBean(Cacheness.class)
                        .doesNotHaveBean(CachenessCacheManager.class));
        runner.withPropertyValues("cacheness.enabled=false")
                .run(context -> assertThat(context)
                        .hasSingleBean(CacheManager.class)
                        .doesNotHaveBean(CachenessCacheManager.class));
    }

    @Test
    void secondaryStandsBesideTheManagerOfSpringBoot() {
        runner.withPropertyValues("cacheness.spring-cache.mode=secondary").run(context -> {
            assertThat(context.getBean("cacheManager")).isInstanceOf(ConcurrentMapCacheManager.class);
            assertThat(context.getBean(CacheManager.class)).isInstanceOf(ConcurrentMapCacheManager.class);
            context.getBean(Service.class).secondary();

            assertThat(context.getBean("cachenessCacheManager", CachenessCacheManager.class)
                            .getCacheNames())
                    .containsExactly("named");
        });
    }

    @Test
    void cacheNamesAreFixedBySpringsProperty() {
        runner.withPropertyValues("spring.cache.cache-names=a,b").run(context -> {
            CacheManager manager = context.getBean(CacheManager.class);

            assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("a", "b");
            assertThat(manager.getCache("other")).isNull();
        });
    }

    @Test
    void configuredCachesAreThereAtTheStartAndOthersComeWhenAskedFor() {
        runner.withPropertyValues("cacheness.caches.weather.ttl=5m").run(context -> {
            CacheManager manager = context.getBean(CacheManager.class);

            assertThat(manager.getCacheNames()).containsExactly("weather");
            assertThat(manager.getCache("other")).isInstanceOf(CachenessCache.class);
            assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("weather", "other");
        });
    }

    @Test
    void settingsOfACacheHold() {
        runner.withPropertyValues(
                        "cacheness.default-ttl=1h",
                        "cacheness.caches.weather.ttl=5m",
                        "cacheness.caches.weather.allow-null-values=false")
                .run(context -> {
                    CacheManager manager = context.getBean(CacheManager.class);
                    manager.getCache("weather").put(1, "sunny");
                    manager.getCache("names").put(1, "ada");

                    assertThat(ttl(context.getBean(Cacheness.class), "weather")).isEqualTo(Duration.ofMinutes(5));
                    assertThat(ttl(context.getBean(Cacheness.class), "names")).isEqualTo(Duration.ofHours(1));
                    assertThat(((CachenessCache) manager.getCache("weather")).isAllowNullValues())
                            .isFalse();
                    assertThat(((CachenessCache) manager.getCache("names")).isAllowNullValues())
                            .isTrue();
                });
    }

    @Test
    void customizersAreApplied() {
        runner.withUserConfiguration(Customizers.class)
                .run(context -> assertThat(context.getBean(CacheManager.class).getCacheNames())
                        .containsExactly("from-customizer"));
    }

    @Test
    void transactionAwareCachesAreDecorated() {
        runner.withPropertyValues("cacheness.spring-cache.transaction-aware=true")
                .run(context -> assertThat(context.getBean(CacheManager.class).getCache("c"))
                        .isInstanceOf(TransactionAwareCacheDecorator.class));
    }

    @Test
    void worksWithoutTheOptionalLibraries() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CachenessAutoConfiguration.class, CachenessCacheManagerAutoConfiguration.class))
                .withUserConfiguration(BareCaching.class)
                .withPropertyValues("cacheness.storage.dir=" + directory.resolve("cache"))
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.cache", "reactor"))
                .run(context -> assertThat(context).hasSingleBean(CachenessCacheManager.class));
    }

    @Test
    void resetRemovesAllEntries() {
        runner.run(context -> {
            CacheManager manager = context.getBean(CacheManager.class);
            manager.getCache("a").put(1, "x");

            manager.resetCaches();

            assertThat(manager.getCache("a").get(1)).isNull();
        });
    }

    @Test
    void mistakeInACacheNamesItsProperty() {
        runner.withPropertyValues("cacheness.caches.weather.ttl=0s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(CacheConfigurationException.class)
                        .hasMessageContaining("cacheness.caches.weather.ttl"));
    }

    private static Duration ttl(Cacheness cacheness, String cacheName) {
        var entry = cacheness.metadata(CacheKey.in(cacheName, Map.of("key", 1))).orElseThrow();
        return Duration.between(entry.createdAt(), entry.expiresAt());
    }

    record Point(int x, int y) {}

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {

        @Bean
        Service service() {
            return new Service();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class BareCaching {}

    @Configuration(proxyBeanMethods = false)
    static class OwnManager {

        @Bean
        CacheManager ownManager() {
            return new ConcurrentMapCacheManager();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {

        @Bean
        CacheManagerCustomizer<CachenessCacheManager> ours() {
            return manager -> manager.setCacheNames(List.of("from-customizer"));
        }

        @Bean
        CacheManagerCustomizer<ConcurrentMapCacheManager> others() {
            return manager -> manager.setCacheNames(List.of("never"));
        }
    }

    static class Service {

        private final AtomicInteger calls = new AtomicInteger();

        int calls() {
            return calls.get();
        }

        @Cacheable("names")
        public String name(int id) {
            return "name " + id + ", call " + calls.incrementAndGet();
        }

        @CachePut(cacheNames = "names", key = "#id")
        public String rename(int id, String name) {
            return name;
        }

        @CacheEvict("names")
        public void forget(int id) {}

        @CacheEvict(cacheNames = "names", allEntries = true)
        public void forgetAll() {}

        @Cacheable("nothing")
        public String nothing() {
            calls.incrementAndGet();
            return null;
        }

        @Cacheable("points")
        public Point record() {
            calls.incrementAndGet();
            return new Point(1, 2);
        }

        @Cacheable(cacheNames = "points", sync = true)
        public Point synchronizedRecord() {
            calls.incrementAndGet();
            return new Point(1, 2);
        }

        @Cacheable("futures")
        public CompletableFuture<String> future(int id) {
            return CompletableFuture.completedFuture("future " + calls.incrementAndGet());
        }

        @Cacheable(cacheNames = "futures", sync = true, key = "'sync'")
        public CompletableFuture<String> synchronizedFuture() {
            return CompletableFuture.completedFuture("future " + calls.incrementAndGet());
        }

        @Cacheable("monos")
        public Mono<String> mono() {
            return Mono.fromSupplier(() -> "mono " + calls.incrementAndGet());
        }

        @Cacheable("empty")
        public Mono<String> emptyMono() {
            return Mono.fromRunnable(calls::incrementAndGet);
        }

        @Cacheable("fluxes")
        public Flux<String> flux() {
            return Flux.defer(() -> Flux.just("flux", "" + calls.incrementAndGet()));
        }

        @Cacheable({"first", "second"})
        public CompletableFuture<String> twoCaches(String key) {
            return CompletableFuture.completedFuture("from the method");
        }

        @Cacheable(cacheNames = "named", cacheManager = "cachenessCacheManager")
        public String secondary() {
            return "x";
        }
    }
}
