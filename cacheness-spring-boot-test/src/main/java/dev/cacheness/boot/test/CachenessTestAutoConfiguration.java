package dev.cacheness.boot.test;

import dev.cacheness.boot.autoconfigure.CachenessAutoConfiguration;
import dev.cacheness.boot.autoconfigure.CachenessClock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Puts the time of the cache, and its failures, in the hands of the test. */
@AutoConfiguration(before = CachenessAutoConfiguration.class, after = SqlCacheTestAutoConfiguration.class)
public final class CachenessTestAutoConfiguration {

    @Bean
    @CachenessClock
    @ConditionalOnMissingBean
    TestClock cachenessTestClock() {
        return new TestClock();
    }

    @Bean
    @ConditionalOnMissingBean
    CacheFaults cachenessFaults() {
        return new CacheFaults();
    }
}
