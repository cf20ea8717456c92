package dev.cacheness.boot.autoconfigure;

import dev.cacheness.Cacheness;
import dev.cacheness.boot.actuate.CachenessInfoContributor;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.autoconfigure.info.InfoContributorFallback;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Information on the cache, where {@code management.info.cacheness.enabled} asks for it. */
@AutoConfiguration(after = CachenessAutoConfiguration.class)
@ConditionalOnClass({InfoContributor.class, ConditionalOnEnabledInfoContributor.class})
@ConditionalOnEnabledInfoContributor(value = "cacheness", fallback = InfoContributorFallback.DISABLE)
@ConditionalOnCacheness
public final class CachenessInfoContributorAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CachenessInfoContributor cachenessInfoContributor(Cacheness cacheness) {
        return new CachenessInfoContributor(cacheness);
    }
}
