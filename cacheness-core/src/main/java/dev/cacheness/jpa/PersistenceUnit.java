package dev.cacheness.jpa;

import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import javax.sql.DataSource;
import org.hibernate.boot.model.naming.ImplicitNamingStrategyJpaCompliantImpl;
import org.hibernate.boot.model.naming.PhysicalNamingStrategyStandardImpl;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.springframework.data.jpa.repository.support.JpaRepositoryFactory;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;
import org.springframework.transaction.interceptor.MatchAlwaysTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/** Hibernate and Spring Data over the tables of the index, known to nobody else. The only class that needs Hibernate to be loaded. */
final class PersistenceUnit implements AutoCloseable {

    private final EntityManagerFactory factory;

    private final CacheEntryRepository entries;

    private PersistenceUnit(EntityManagerFactory factory, CacheEntryRepository entries) {
        this.factory = factory;
        this.entries = entries;
    }

    static PersistenceUnit open(DataSource dataSource, String dialect) {
        EntityManagerFactory factory = factory(dataSource, dialect);
        try {
            return new PersistenceUnit(factory, repository(factory));
        } catch (RuntimeException ex) {
            factory.close();
            throw ex;
        }
    }

    /** Says everything that a {@code hibernate.properties} or a system property of the application would say otherwise. */
    private static EntityManagerFactory factory(DataSource dataSource, String dialect) {
        var configuration = new HibernatePersistenceConfiguration("cacheness-metadata");
        configuration.managedClass(CacheEntryRow.class);
        configuration.property("jakarta.persistence.nonJtaDataSource", dataSource);
        configuration.property("jakarta.persistence.validation.mode", "none");
        configuration.property("hibernate.classLoaders", List.of(PersistenceUnit.class.getClassLoader()));
        configuration.property("hibernate.dialect", dialect);
        configuration.property("hibernate.hbm2ddl.auto", "none");
        configuration.property("jakarta.persistence.schema-generation.database.action", "none");
        configuration.property("hibernate.archive.autodetection", "none");
        configuration.property("hibernate.cache.use_second_level_cache", "false");
        configuration.property("hibernate.cache.use_query_cache", "false");
        configuration.property("hibernate.default_schema", "");
        configuration.property("hibernate.default_catalog", "");
        configuration.property("hibernate.globally_quoted_identifiers", "false");
        configuration.property(
                "hibernate.physical_naming_strategy", PhysicalNamingStrategyStandardImpl.class.getName());
        configuration.property(
                "hibernate.implicit_naming_strategy", ImplicitNamingStrategyJpaCompliantImpl.class.getName());
        return configuration.createEntityManagerFactory();
    }

    private static CacheEntryRepository repository(EntityManagerFactory factory) {
        var repositories = new JpaRepositoryFactory(SharedEntityManagerCreator.createSharedEntityManager(factory));
        repositories.setBeanClassLoader(PersistenceUnit.class.getClassLoader());
        TransactionInterceptor transactions = readOnlyTransactions(factory);
        repositories.addRepositoryProxyPostProcessor((proxy, information) -> proxy.addAdvice(transactions));
        return repositories.getRepository(CacheEntryRepository.class);
    }

    /** Not initialized as a bean would be, because the manager would then bind the data source to the thread and disturb the application's. */
    private static TransactionInterceptor readOnlyTransactions(EntityManagerFactory factory) {
        var manager = new JpaTransactionManager();
        manager.setEntityManagerFactory(factory);
        manager.setJpaDialect(new HibernateJpaDialect());
        var readOnly = new DefaultTransactionAttribute();
        readOnly.setReadOnly(true);
        var always = new MatchAlwaysTransactionAttributeSource();
        always.setTransactionAttribute(readOnly);
        return new TransactionInterceptor((TransactionManager) manager, always);
    }

    CacheEntryRepository entries() {
        return entries;
    }

    @Override
    public void close() {
        factory.close();
    }
}
