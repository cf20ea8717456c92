package dev.cacheness.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.EntryQuery;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.engine.LoadScope;
import dev.cacheness.spi.LoadLeases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.env.MockEnvironment;

/** The properties of loads, and what they bring to Spring's caches. */
class CachenessLoadPropertiesTests {

    @TempDir
    Path directory;

    @Test
    void defaultsAreThoseOfTheBuilder() {
        CachenessLoadProperties properties = bind(new MockEnvironment());

        assertThat(properties.scope()).isEqualTo(LoadScope.PROCESS);
        assertThat(properties.lease()).isEqualTo(CachenessBuilder.DEFAULT_LOAD_LEASE);
    }

    @Test
    void numberWithoutAUnitCountsSeconds() {
        var environment = new MockEnvironment()
                .withProperty("cacheness.load.scope", "cluster")
                .withProperty("cacheness.load.lease", "12");

        assertThat(bind(environment)).isEqualTo(new CachenessLoadProperties(LoadScope.CLUSTER, Duration.ofSeconds(12)));
    }

    private static CachenessLoadProperties bind(MockEnvironment environment) {
        return Binder.get(environment).bindOrCreate("cacheness.load", CachenessLoadProperties.class);
    }

    @Test
    void leaseThatMakesNoSenseStopsTheStart() {
        runner("cacheness.load.lease=1ms")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(CacheConfigurationException.class)
                        .hasMessageContaining("cacheness.load.lease"));
    }

    /** The lease is held by somebody who died; so the method runs when it has ended, and not before. */
    @Test
    void synchronizedMethodWaitsForLoadsOfOtherProcesses() {
        runner("cacheness.load.scope=cluster", "cacheness.load.lease=500ms").run(context -> {
            Cacheness cacheness = context.getBean(Cacheness.class);
            Service service = context.getBean(Service.class);
            Cache cache = context.getBean(CacheManager.class).getCache("squares");
            cache.put(3, "to find the digest");
            String digest = cacheness.entries(EntryQuery.all()).get(0).digest();
            cache.evict(3);
            cacheness
                    .unwrap(LoadLeases.class)
                    .orElseThrow()
                    .claim(digest, Duration.ofMillis(700))
                    .orElseThrow();
            long start = System.nanoTime();

            assertThat(service.square(3)).isEqualTo("9");

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(500));
            assertThat(service.square(3)).isEqualTo("9");
            assertThat(service.calls()).isEqualTo(1);
            assertThat(cacheness.get(CacheKey.ofDigest(digest))).isPresent();
        });
    }

    private ApplicationContextRunner runner(String... properties) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CachenessAutoConfiguration.class, CachenessCacheManagerAutoConfiguration.class))
                .withUserConfiguration(Caching.class)
                .withBean(Service.class)
                .withPropertyValues("cacheness.storage.dir=" + directory)
                .withPropertyValues(properties);
    }

    @EnableCaching
    @Configuration(proxyBeanMethods = false)
    static class Caching {}

    static class Service {

        private final AtomicInteger calls = new AtomicInteger();

        public int calls() {
            return calls.get();
        }

        @Cacheable(cacheNames = "squares", sync = true)
        public String square(int number) {
            calls.incrementAndGet();
            return Integer.toString(number * number);
        }
    }
}
