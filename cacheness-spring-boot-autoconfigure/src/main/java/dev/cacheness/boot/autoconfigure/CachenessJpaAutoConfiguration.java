package dev.cacheness.boot.autoconfigure;

import dev.cacheness.Cacheness;
import dev.cacheness.jpa.CacheEntryRepository;
import dev.cacheness.jpa.MetadataPersistence;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

/**
 * The repository over the index, where the application has Spring Data JPA and Hibernate. All that it needs is hidden behind it: the application's
 * persistence neither sees it nor changes for it. Even where it is injected, Hibernate is loaded when it is first asked.
 */
@AutoConfiguration(after = CachenessAutoConfiguration.class)
@ConditionalOnClass(
        name = {
            "org.springframework.data.jpa.repository.support.JpaRepositoryFactory",
            "org.hibernate.jpa.HibernatePersistenceConfiguration"
        })
@Conditional(OnSqlMetadataCondition.class)
@ConditionalOnCacheness
public final class CachenessJpaAutoConfiguration {

    @Bean(destroyMethod = "close")
    @Lazy
    @ConditionalOnMissingBean
    MetadataPersistence cachenessMetadataPersistence(Cacheness cacheness) {
        return MetadataPersistence.of(cacheness);
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    CacheEntryRepository cachenessEntryRepository(MetadataPersistence persistence) {
        return persistence.entries();
    }
}
