package dev.cacheness.boot.autoconfigure;

import dev.cacheness.Cacheness;
import dev.cacheness.boot.actuate.CachenessHealthIndicator;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.sql.SqlCache;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of the cache. */
@AutoConfiguration(after = {CachenessAutoConfiguration.class, CachenessSqlAutoConfiguration.class})
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("cacheness")
@ConditionalOnCacheness
public final class CachenessHealthContributorAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = {"cachenessHealthIndicator", "cachenessHealthContributor"})
    CachenessHealthIndicator cachenessHealthContributor(
            Cacheness cacheness, CachenessProperties properties, ObjectProvider<SqlCache<?>> sqlCaches) {
        return new CachenessHealthIndicator(
                cacheness,
                directory(cacheness, properties),
                sqlCaches.orderedStream().toList());
    }

    /** The directory, unless the cache is the application's own or was led elsewhere, so that it never opened this one. */
    private static @Nullable Path directory(Cacheness cacheness, CachenessProperties properties) {
        Path directory = properties.storage().dir();
        return cacheness.stats().blobBackend().equals(CachenessBuilder.DEFAULT_BLOB_BACKEND)
                        && Files.isWritable(directory)
                ? directory
                : null;
    }
}
