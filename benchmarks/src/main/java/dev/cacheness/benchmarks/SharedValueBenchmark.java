package dev.cacheness.benchmarks;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cacheness.Cacheness;
import dev.cacheness.boot.annotation.Cached;
import dev.cacheness.boot.annotation.CachedCalls;
import dev.cacheness.boot.annotation.CachedMethodPostProcessor;
import dev.cacheness.boot.cache.CachenessCacheManager;
import dev.cacheness.engine.CachePolicy;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.engine.MemoryLayerSettings;
import dev.cacheness.engine.MemoryPolicy;
import dev.cacheness.engine.MemoryUse;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
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
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A method that is cached on the heap: an immutable value, handed out by reference by the memory layer, and by Caffeine. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SharedValueBenchmark {

    private static final int KEYS = 1_000;

    private static final Duration LIFE = Duration.ofMinutes(10);

    private static final ScratchDirectory DIRECTORY = new ScratchDirectory();

    private final SplittableRandom random = new SplittableRandom();

    private final String[] symbols = new String[KEYS];

    private final AnnotationConfigApplicationContext onCaffeine =
            new AnnotationConfigApplicationContext(OnCaffeine.class);

    private final AnnotationConfigApplicationContext onCacheness =
            new AnnotationConfigApplicationContext(OnCacheness.class);

    private final Prices caffeine = onCaffeine.getBean(Prices.class);

    private final Prices cacheness = onCacheness.getBean(Prices.class);

    /** Calls every method with every argument, twice: what was stored is in the memory layer once it was read. */
    public SharedValueBenchmark() {
        for (int n = 0; n < KEYS; n++) {
            symbols[n] = "SYMBOL-" + n;
            for (int times = 0; times < 2; times++) {
                caffeine.price(symbols[n]);
                caffeine.price(symbols[n], "XETRA");
                cacheness.price(symbols[n]);
                cacheness.price(symbols[n], "XETRA");
                cacheness.annotated(symbols[n]);
            }
        }
    }

    private String symbol() {
        return symbols[random.nextInt(KEYS)];
    }

    /** {@code @Cacheable} with one argument on Caffeine. */
    @Benchmark
    public Object caffeine() {
        return caffeine.price(symbol());
    }

    /** {@code @Cacheable} with one argument on the memory layer. */
    @Benchmark
    public Object cacheness() {
        return cacheness.price(symbol());
    }

    /** {@code @Cacheable} with two arguments on Caffeine. */
    @Benchmark
    public Object caffeineTwoArguments() {
        return caffeine.price(symbol(), "XETRA");
    }

    /** {@code @Cacheable} with two arguments on the memory layer. */
    @Benchmark
    public Object cachenessTwoArguments() {
        return cacheness.price(symbol(), "XETRA");
    }

    /** {@code @Cached} with one argument on the memory layer. */
    @Benchmark
    public Object cachenessCached() {
        return cacheness.annotated(symbol());
    }

    /** Closes both contexts and deletes the directory. */
    @TearDown
    public void close() {
        onCaffeine.close();
        onCacheness.close();
        DIRECTORY.close();
    }

    /** A value that nobody can change. */
    public record Price(String symbol, BigDecimal amount, LocalDate day, long volume) {}

    /** Methods whose results are cached. */
    public static class Prices {

        /** By a key that is the argument. */
        @Cacheable("prices")
        public Price price(String symbol) {
            return new Price(symbol, new BigDecimal("12.34"), LocalDate.of(2026, 1, 2), symbol.hashCode());
        }

        /** By a key of both arguments. */
        @Cacheable("prices")
        public Price price(String symbol, String exchange) {
            return price(symbol + exchange);
        }

        /** By the method and the argument. */
        @Cached(cache = "prices")
        public Price annotated(String symbol) {
            return price(symbol);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class OnCaffeine {

        @Bean
        CacheManager cacheManager() {
            var manager = new CaffeineCacheManager();
            manager.setCaffeine(Caffeine.newBuilder().maximumSize(10 * KEYS).expireAfterWrite(LIFE));
            return manager;
        }

        @Bean
        Prices prices() {
            return new Prices();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class OnCacheness {

        @Bean(destroyMethod = "close")
        Cacheness cache() {
            return CachenessBuilder.at(DIRECTORY.path())
                    .trustedPackages(List.of("dev.cacheness.benchmarks"))
                    .defaultTtl(LIFE)
                    .memoryLayer(new MemoryLayerSettings(MemoryPolicy.LRU, 10 * KEYS, LIFE, false))
                    .policy(
                            "prices",
                            CachePolicy.builder().memory(MemoryUse.REFERENCE).build())
                    .build();
        }

        @Bean
        CacheManager cacheManager(Cacheness cache) {
            return new CachenessCacheManager(cache, Runnable::run);
        }

        @Bean
        CachedCalls cachedCalls(Cacheness cache) {
            return new CachedCalls(cache, Runnable::run);
        }

        @Bean
        static CachedMethodPostProcessor cachedMethods(ObjectProvider<CachedCalls> calls) {
            return new CachedMethodPostProcessor(calls::getIfAvailable);
        }

        @Bean
        Prices prices() {
            return new Prices();
        }
    }
}
