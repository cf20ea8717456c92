package dev.cacheness.boot.autoconfigure;

import dev.cacheness.Cacheness;
import java.util.Set;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitializationDetector;
import org.springframework.core.env.Environment;

/**
 * Lets the application's own migrations go first where the index shares their database: some refuse a database in which there are tables already. Nothing
 * waits where it is not shared.
 */
final class CachenessDependsOnDatabaseInitialization implements DependsOnDatabaseInitializationDetector {

    private final Environment environment;

    CachenessDependsOnDatabaseInitialization(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Set<String> detect(ConfigurableListableBeanFactory beanFactory) {
        boolean shared = MetadataDatabase.POSTGRESQL.equals(environment.getProperty("cacheness.metadata.backend"))
                && (environment.containsProperty("cacheness.metadata.datasource")
                        || !MetadataDatabase.markedNames(beanFactory).isEmpty());
        return shared ? Set.of(beanFactory.getBeanNamesForType(Cacheness.class, true, false)) : Set.of();
    }
}
