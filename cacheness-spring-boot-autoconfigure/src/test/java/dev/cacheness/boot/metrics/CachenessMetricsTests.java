package dev.cacheness.boot.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.boot.autoconfigure.CachenessAutoConfiguration;
import dev.cacheness.boot.autoconfigure.CachenessCacheManagerAutoConfiguration;
import dev.cacheness.boot.autoconfigure.CachenessMetricsAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.metrics.CacheMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class CachenessMetricsTests {

    @TempDir
    Path directory;

    private ApplicationContextRunner runner;

    @BeforeEach
    void setUp() {
        runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CachenessAutoConfiguration.class,
                        CachenessCacheManagerAutoConfiguration.class,
                        CachenessMetricsAutoConfiguration.class,
                        CacheAutoConfiguration.class,
                        MetricsAutoConfiguration.class,
                        CacheMetricsAutoConfiguration.class))
                .withUserConfiguration(Application.class)
                .withPropertyValues("cacheness.storage.dir=" + directory.resolve("cache"));
    }

    @Test
    void cachesMadeAtTheStartAndAtRunTimeHaveMeters() {
        runner.withPropertyValues("cacheness.caches.first.ttl=1h").run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            CacheManager manager = context.getBean(CacheManager.class);
            for (String name : new String[] {"first", "later"}) {
                Cache cache = manager.getCache(name);
                cache.put(1, "x");
                cache.get(1);
                cache.get(2);
                cache.get(3);

                await().untilAsserted(
                                () -> assertThat(count(registry, name, "hit")).isEqualTo(1));
                assertThat(count(registry, name, "miss")).isEqualTo(2);
                assertThat(registry.get("cache.puts")
                                .tag("cache", name)
                                .functionCounter()
                                .count())
                        .isEqualTo(1);
                assertThat(registry.get("cache.size").tag("cache", name).gauge().value())
                        .isEqualTo(1);
                assertThat(registry.get("cacheness.cache.failures")
                                .tag("cache", name)
                                .functionCounter()
                                .count())
                        .isZero();
            }
        });
    }

    @Test
    void secondaryManagerHasMetersToo() {
        runner.withPropertyValues("cacheness.spring-cache.mode=secondary").run(context -> {
            CacheManager manager = context.getBean("cachenessCacheManager", CacheManager.class);
            manager.getCache("mine").get(1);

            await().untilAsserted(() -> assertThat(context.getBean(MeterRegistry.class)
                            .get("cache.gets")
                            .tag("cache", "mine")
                            .tag("cache.manager", "cacheness")
                            .tag("result", "miss")
                            .functionCounter()
                            .count())
                    .isEqualTo(1));
        });
    }

    @Test
    void memoryLayerThatCountsHasMeters() {
        runner.withPropertyValues("cacheness.metadata.memory.enabled=true", "cacheness.metadata.memory.stats=true")
                .run(context -> {
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    Cacheness cacheness = context.getBean(Cacheness.class);
                    cacheness.getOrCompute(CacheKey.of("k", 1), key -> "x");
                    cacheness.get(CacheKey.of("k", 1));
                    cacheness.get(CacheKey.of("k", 1));

                    assertThat(registry.get("cacheness.memory.entries").gauge().value())
                            .isEqualTo(1);
                    assertThat(registry.get("cacheness.memory.hits")
                                    .functionCounter()
                                    .count())
                            .isEqualTo(1);
                    assertThat(registry.get("cacheness.memory.misses")
                                    .functionCounter()
                                    .count())
                            .isPositive();
                    assertThat(registry.get("cacheness.load.saved")
                                    .functionCounter()
                                    .count())
                            .isEqualTo(cacheness.stats().loadTimeSaved().toNanos() / 1e9)
                            .isPositive();
                    assertThat(registry.get("cacheness.bytes.per.second.saved")
                                    .gauge()
                                    .value())
                            .isEqualTo(cacheness.stats().bytesPerSecondSaved().orElseThrow())
                            .isPositive();
                });
        runner.run(context -> assertThat(context.getBean(MeterRegistry.class)
                        .find("cacheness.memory.hits")
                        .functionCounter())
                .isNull());
    }

    @Test
    void wholeCacheHasMetersWithTheReasonsOfMisses() {
        runner.run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            Cacheness cacheness = context.getBean(Cacheness.class);
            CacheKey<Object> key = CacheKey.of("k", 1);
            cacheness.get(key);
            cacheness.put(key, "x");
            cacheness.get(key);
            cacheness.invalidate(key);
            cacheness.get(key);

            await().untilAsserted(
                            () -> assertThat(misses(registry, "invalidated")).isEqualTo(1));
            assertThat(misses(registry, "absent")).isEqualTo(1);
            assertThat(misses(registry, "invalidated")).isEqualTo(1);
            assertThat(misses(registry, "corrupt")).isZero();
            assertThat(registry.get("cacheness.hits").functionCounter().count()).isEqualTo(1);
            assertThat(registry.get("cacheness.entries").gauge().value()).isZero();
        });
    }

    @Test
    void gaugesHaveNoValueOnceTheCacheIsClosed() {
        runner.run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            context.getBean(Cacheness.class).close();

            assertThat(registry.get("cacheness.entries").gauge().value()).isNaN();
            assertThat(registry.get("cacheness.hits").functionCounter().count()).isZero();
        });
    }

    @Test
    void worksWithoutMicrometer() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CachenessAutoConfiguration.class, CachenessMetricsAutoConfiguration.class))
                .withPropertyValues("cacheness.storage.dir=" + directory.resolve("cache"))
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(Cacheness.class)
                        .doesNotHaveBean(CachenessMeterBinder.class));
    }

    private static double count(MeterRegistry registry, String cache, String result) {
        return registry.get("cache.gets")
                .tag("cache", cache)
                .tag("cache.manager", "cacheManager")
                .tag("result", result)
                .functionCounter()
                .count();
    }

    private static double misses(MeterRegistry registry, String reason) {
        return registry.get("cacheness.misses")
                .tag("reason", reason)
                .functionCounter()
                .count();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Application {

        @Bean
        SimpleMeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }
    }
}
