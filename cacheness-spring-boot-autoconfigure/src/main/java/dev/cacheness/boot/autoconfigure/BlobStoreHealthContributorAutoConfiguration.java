package dev.cacheness.boot.autoconfigure;

import dev.cacheness.boot.actuate.BlobStoreHealthIndicator;
import dev.cacheness.storage.BlobStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of the store of artifacts. */
@AutoConfiguration(after = CachenessBlobStoreAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("blob-store")
@ConditionalOnBean(BlobStore.class)
public final class BlobStoreHealthContributorAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = {"blobStoreHealthIndicator", "blobStoreHealthContributor"})
    BlobStoreHealthIndicator blobStoreHealthContributor(BlobStore store) {
        return new BlobStoreHealthIndicator(store);
    }
}
