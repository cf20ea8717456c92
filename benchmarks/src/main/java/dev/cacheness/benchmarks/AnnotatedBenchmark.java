package dev.cacheness.benchmarks;

import dev.cacheness.Cacheness;
import dev.cacheness.boot.annotation.Cached;
import dev.cacheness.boot.annotation.CachedCalls;
import dev.cacheness.boot.annotation.CachedMethodPostProcessor;
import dev.cacheness.boot.cache.CachenessCacheManager;
import dev.cacheness.engine.CachenessBuilder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an annotation costs when its result is in the cache, over asking the cache oneself; the p50 counts. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AnnotatedBenchmark {

    /** By a key of the same parameters as that of the annotated method. */
    @Benchmark
    public Object get(Annotated annotated, Choice choice) {
        return annotated.cache.get(SmallKey.of(choice.next() % Annotated.KEYS)).orElseThrow();
    }

    /** {@code @Cached} of Cacheness. */
    @Benchmark
    public Object cached(Annotated annotated, Choice choice) {
        int n = choice.next() % Annotated.KEYS;
        return annotated.methods.cached("xgboost-v3", n % 16, n);
    }

    /** {@code @Cacheable} of Spring, on the same cache. */
    @Benchmark
    public Object cacheable(Annotated annotated, Choice choice) {
        int n = choice.next() % Annotated.KEYS;
        return annotated.methods.cacheable("xgboost-v3", n % 16, n);
    }

    /** A bean with annotated methods, all of whose results are there. */
    @State(Scope.Benchmark)
    public static class Annotated {

        static final int KEYS = 10_000;

        private static final ScratchDirectory DIRECTORY = new ScratchDirectory();

        final Cacheness cache;

        final Methods methods;

        private final AnnotationConfigApplicationContext context;

        /** Calls every method with every argument. */
        public Annotated() {
            context = new AnnotationConfigApplicationContext(Application.class);
            cache = context.getBean(Cacheness.class);
            methods = context.getBean(Methods.class);
            for (int n = 0; n < KEYS; n++) {
                cache.put(SmallKey.of(n), methods.cached("xgboost-v3", n % 16, n));
                methods.cacheable("xgboost-v3", n % 16, n);
            }
        }

        /** Closes the cache and deletes its directory. */
        @TearDown
        public void close() {
            context.close();
            DIRECTORY.close();
        }
    }

    /** Methods that return 200 bytes. */
    public static class Methods {

        /** By {@code @Cached}. */
        @Cached(cache = "cached")
        public byte[] cached(String model, int shard, long id) {
            return new byte[FilledCache.VALUE_BYTES];
        }

        /** By {@code @Cacheable}. */
        @Cacheable("cacheable")
        public byte[] cacheable(String model, int shard, long id) {
            return new byte[FilledCache.VALUE_BYTES];
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Application {

        @Bean(destroyMethod = "close")
        Cacheness cacheness() {
            return CachenessBuilder.at(Annotated.DIRECTORY.path()).build();
        }

        @Bean
        CacheManager cacheManager(Cacheness cacheness) {
            return new CachenessCacheManager(cacheness, Runnable::run);
        }

        @Bean
        CachedCalls cachedCalls(Cacheness cacheness) {
            return new CachedCalls(cacheness, Runnable::run);
        }

        @Bean
        static CachedMethodPostProcessor cachedMethods(ObjectProvider<CachedCalls> calls) {
            return new CachedMethodPostProcessor(calls::getIfAvailable);
        }

        @Bean
        Methods methods() {
            return new Methods();
        }
    }
}
