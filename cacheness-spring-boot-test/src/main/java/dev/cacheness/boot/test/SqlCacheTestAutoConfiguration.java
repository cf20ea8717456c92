package dev.cacheness.boot.test;

import dev.cacheness.boot.autoconfigure.CachenessClock;
import dev.cacheness.boot.autoconfigure.SqlCacheCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.ClassUtils;

/** Keeps the tables of SQL caches in memory, and their time in the hands of the test. */
@AutoConfiguration
public final class SqlCacheTestAutoConfiguration {

    private static final String DUCKDB_DRIVER = "org.duckdb.DuckDBDriver";

    @Bean
    @CachenessClock
    @ConditionalOnMissingBean
    TestClock sqlCacheTestClock() {
        return new TestClock();
    }

    /** After all others, for no test may touch the files of the application. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    SqlCacheCustomizer sqlCachesInMemory() {
        boolean hasDuckDb = ClassUtils.isPresent(DUCKDB_DRIVER, getClass().getClassLoader());
        return (cache, builder) -> builder.url(hasDuckDb ? "memory:" : "sqlite::memory:");
    }
}
