package dev.cacheness.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cacheness.CacheClosedException;
import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheKey;
import dev.cacheness.CacheSerializationException;
import dev.cacheness.Cacheness;
import dev.cacheness.MemoryLayerStats;
import dev.cacheness.PutOption;
import dev.cacheness.StoredFormat;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerRegistry;
import dev.cacheness.spi.Upcaster;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

class CachenessAutoConfigurationTests {

    private static final CacheKey<String> KEY = CacheKey.of("k", 1).as(String.class);

    @TempDir
    Path directory;

    private ApplicationContextRunner runner;

    @BeforeEach
    void setUp() {
        runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(CachenessAutoConfiguration.class))
                .withPropertyValues("cacheness.storage.dir=" + directory.resolve("cache"));
    }

    @Test
    void valueIsThereAfterARestart() {
        runner.run(context -> context.getBean(Cacheness.class).put(KEY, "value"));

        runner.run(
                context -> assertThat(context.getBean(Cacheness.class).get(KEY)).contains("value"));
    }

    @Test
    void memoryLayerIsThereIfItIsWanted() {
        runner.run(context -> assertThat(context.getBean(Cacheness.class).unwrap(MemoryLayerStats.class))
                .isEmpty());

        runner.withPropertyValues(
                        "cacheness.metadata.memory.enabled=true",
                        "cacheness.metadata.memory.type=fifo",
                        "cacheness.metadata.memory.stats=true")
                .run(context -> assertThat(context.getBean(Cacheness.class).unwrap(MemoryLayerStats.class))
                        .contains(new MemoryLayerStats(0, 0, 0)));
    }

    @Test
    void cacheIsClosedWithTheContext() {
        AtomicReference<Cacheness> cache = new AtomicReference<>();

        runner.run(context -> cache.set(context.getBean(Cacheness.class)));

        assertThat(catchThrowable(() -> cache.get().get(KEY))).isInstanceOf(CacheClosedException.class);
    }

    @Test
    void nothingIsThereWhenSwitchedOff() {
        runner.withPropertyValues("cacheness.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(Cacheness.class)
                        .doesNotHaveBean(HandlerRegistry.class)
                        .doesNotHaveBean(CachenessProperties.class));

        assertThat(directory.resolve("cache")).doesNotExist();
    }

    @Test
    void cacheOfTheApplicationWins() {
        runner.withUserConfiguration(OwnCache.class)
                .run(context ->
                        assertThat(context).hasSingleBean(Cacheness.class).hasBean("ownCache"));

        assertThat(directory.resolve("cache")).doesNotExist();
    }

    @Test
    void handlerRegistryOfTheApplicationWins() {
        runner.withUserConfiguration(OwnRegistry.class).run(context -> {
            assertThat(context).hasSingleBean(HandlerRegistry.class);
            assertThat(context.getBean(HandlerRegistry.class).names()).containsExactly("version");
        });
    }

    @Test
    void handlerBeansJoinTheRegistryInOrderBeforeTheCatchAlls() {
        runner.withUserConfiguration(TwoHandlers.class).run(context -> {
            var names = context.getBean(HandlerRegistry.class).names();

            assertThat(names).containsSubsequence("bytes", "version", "second", "json", "object");
        });
    }

    @Test
    void handlerBeanWritesAndReads() {
        CacheKey<Runtime.Version> key = CacheKey.of("v", 1).as(Runtime.Version.class);

        runner.withUserConfiguration(TwoHandlers.class).run(context -> {
            Cacheness cache = context.getBean(Cacheness.class);
            cache.put(key, Runtime.Version.parse("17.0.1"));

            assertThat(cache.get(key)).contains(Runtime.Version.parse("17.0.1"));
            assertThat(cache.metadata(key).orElseThrow().handler()).isEqualTo("version");
        });
    }

    @Test
    void upcasterBeanReadsWhatWasStoredInAFormerShape() {
        CacheKey<Former> then = CacheKey.of("shape", 1).as(Former.class);
        CacheKey<Present> now = CacheKey.of("shape", 1).as(Present.class);

        runner.withUserConfiguration(Upcasting.class).run(context -> {
            Cacheness cache = context.getBean(Cacheness.class);
            cache.put(then, new Former("a", 3), PutOption.format(StoredFormat.JSON));

            assertThat(cache.get(now)).contains(new Present("a", 3));
        });
    }

    @Test
    void customizersHaveTheLastWordInOrder() {
        runner.withUserConfiguration(Customizers.class)
                .withPropertyValues("cacheness.default-ttl=1h", "cacheness.metadata.backend=sqlite")
                .run(context -> {
                    Cacheness cache = context.getBean(Cacheness.class);
                    cache.put(KEY, "value");

                    assertThat(cache.stats().metadataBackend()).isEqualTo("memory");
                    var entry = cache.metadata(KEY).orElseThrow();
                    assertThat(Duration.between(entry.createdAt(), entry.expiresAt()))
                            .isEqualTo(Duration.ofMinutes(2));
                });
    }

    @Test
    void qualifiedClockIsUsedAndAnUnqualifiedOneIsNot() {
        runner.withUserConfiguration(Clocks.class).run(context -> {
            Cacheness cache = context.getBean(Cacheness.class);
            cache.put(KEY, "value");

            assertThat(cache.metadata(KEY).orElseThrow().createdAt()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
        });
    }

    @Test
    void ttlOfANamespaceIsKept() {
        CacheKey<Object> weather = CacheKey.in("weather", Map.of("key", 1));

        runner.withPropertyValues("cacheness.default-ttl=1h", "cacheness.caches.weather.ttl=5m")
                .run(context -> {
                    Cacheness cache = context.getBean(Cacheness.class);
                    cache.put(weather, "sunny");

                    var entry = cache.metadata(weather).orElseThrow();
                    assertThat(Duration.between(entry.createdAt(), entry.expiresAt()))
                            .isEqualTo(Duration.ofMinutes(5));
                });
    }

    @Test
    void packagesOfTheApplicationAreTrusted() {
        CacheKey<Object> key = CacheKey.of("k", "trusted");

        runner.run(context -> assertThat(
                        catchThrowable(() -> context.getBean(Cacheness.class).put(key, new Point(1, 2))))
                .isInstanceOf(CacheSerializationException.class));
        runner.withUserConfiguration(ApplicationPackage.class).run(context -> {
            Cacheness cache = context.getBean(Cacheness.class);
            cache.put(key, new Point(1, 2));

            assertThat(cache.get(key)).contains(new Point(1, 2));
        });
    }

    @Test
    void trustedPackagesOfThePropertyReplaceTheApplications() {
        runner.withUserConfiguration(ApplicationPackage.class)
                .withPropertyValues("cacheness.handlers.trusted-packages=com.example")
                .run(context -> assertThat(catchThrowable(
                                () -> context.getBean(Cacheness.class).put(CacheKey.of("k", 1), new Point(1, 2))))
                        .isInstanceOf(CacheSerializationException.class));
    }

    @Test
    void listOfPackagesThatOneCacheTrustsMayBeWrittenAsOne() {
        runner.withPropertyValues(
                        "cacheness.handlers.trusted-packages=com.example",
                        "cacheness.caches.points.trusted-packages[0]=com.example.other",
                        "cacheness.caches.points.trusted-packages[1]=dev.cacheness.boot",
                        "cacheness.caches.points.durability=power")
                .run(context -> {
                    Cacheness cache = context.getBean(Cacheness.class);
                    CacheKey<Object> key = CacheKey.in("points", Map.of("id", 1));

                    cache.put(key, new Point(1, 2));

                    assertThat(cache.get(key)).contains(new Point(1, 2));
                    assertThat(catchThrowable(() -> cache.put(CacheKey.of("k", 1), new Point(1, 2))))
                            .isInstanceOf(CacheSerializationException.class);
                });
    }

    @Test
    void valuesOfAPolicyThatMakeNoSenseStopTheStart() {
        runner.withPropertyValues("cacheness.caches.points.trusted-packages=com.example.*")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("cacheness.caches.points.trusted-packages=com.example.*"));
        runner.withPropertyValues("cacheness.caches.points.memory=reference")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("cacheness.metadata.memory.enabled=true"));
        runner.withPropertyValues("cacheness.caches.points.durability=forever")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("cacheness.caches.points.durability"));
    }

    @Test
    void startsWithNothingOptionalOnTheClassPath() {
        runner.withClassLoader(new FilteredClassLoader(
                        "io.micrometer", "org.springframework.boot.actuate", "org.springframework.boot.health"))
                .run(context -> assertThat(context).hasSingleBean(Cacheness.class));
    }

    @Test
    void lateTaskOfAnExecutorFindsTheCacheOpen() {
        AtomicReference<Object> outcome = new AtomicReference<>();

        runner.withUserConfiguration(LateExecutor.class).run(context -> {
            Cacheness cache = context.getBean(Cacheness.class);
            context.getBean(TaskAtTheEnd.class).execute(() -> outcome.set(cache.put(KEY, "late")));
        });

        assertThat(outcome.get()).isInstanceOf(String.class);
    }

    @Test
    void beansOfLazyApplicationsWorkToo() {
        runner.withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> {
                    assertThat(directory.resolve("cache")).doesNotExist();
                    assertThat(context.getBean(Cacheness.class).get(KEY)).isEmpty();
                });
    }

    @Test
    void fileInPlaceOfTheDirectoryStopsTheStartAndIsLeftAlone() throws IOException {
        Path file = Files.writeString(directory.resolve("cache"), "mine");

        runner.run(context -> assertThat(context)
                .hasFailed()
                .getFailure()
                .rootCause()
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessageContaining("cacheness.storage.dir")
                .hasMessageContaining("file"));
        assertThat(file).hasContent("mine");
    }

    record Point(int x, int y) {}

    @Configuration(proxyBeanMethods = false)
    static class OwnCache {

        @Bean
        Cacheness ownCache() {
            return CachenessBuilder.inMemory().build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnRegistry {

        @Bean
        HandlerRegistry ownRegistry() {
            HandlerRegistry registry = new HandlerRegistry();
            registry.register(new VersionHandler("version"));
            return registry;
        }
    }

    record Former(String name, int count) {}

    record Present(String name, int amount) {}

    @Configuration(proxyBeanMethods = false)
    static class Upcasting {

        @Bean
        Upcaster<Present> presentFromFormer() {
            return Upcaster.of(
                    Former.class.getName(),
                    Present.class,
                    fields -> new Present((String) fields.get("name"), (int) fields.get("count")));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoHandlers {

        @Bean
        @Order(2)
        VersionHandler second() {
            return new VersionHandler("second");
        }

        @Bean
        @Order(1)
        VersionHandler first() {
            return new VersionHandler("version");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {

        @Bean
        @Order(2)
        CachenessCustomizer second() {
            return builder -> builder.defaultTtl(Duration.ofMinutes(2));
        }

        @Bean
        @Order(1)
        CachenessCustomizer first() {
            return builder -> builder.defaultTtl(Duration.ofMinutes(1)).metadataBackend("memory");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Clocks {

        @Bean
        InstantSource unqualified() {
            return InstantSource.fixed(Instant.EPOCH);
        }

        @Bean
        @CachenessClock
        InstantSource qualified() {
            return InstantSource.fixed(Instant.parse("2030-01-01T00:00:00Z"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class ApplicationPackage {}

    @Configuration(proxyBeanMethods = false)
    static class LateExecutor {

        @Bean
        TaskAtTheEnd taskAtTheEnd() {
            return new TaskAtTheEnd();
        }
    }

    /** Runs its task while it is destroyed, as executors do that wait for their tasks. */
    static final class TaskAtTheEnd implements Executor, DisposableBean {

        private Runnable task = () -> {};

        @Override
        public void execute(Runnable task) {
            this.task = task;
        }

        @Override
        public void destroy() {
            task.run();
        }
    }

    static final class VersionHandler implements Handler<Runtime.Version> {

        private final String name;

        VersionHandler(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean accepts(Object value) {
            return value instanceof Runtime.Version;
        }

        @Override
        public void write(Runtime.Version value, OutputStream out) throws IOException {
            out.write(value.toString().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Runtime.Version read(InputStream in, Type type) throws IOException {
            return Runtime.Version.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
