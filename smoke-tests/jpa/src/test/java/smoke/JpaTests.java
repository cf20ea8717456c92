package smoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.jpa.CacheEntryRepository;
import dev.cacheness.jpa.CacheEntryRow;
import jakarta.persistence.EntityManagerFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.Condition;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.jpa.repository.support.JpaRepositoryFactoryBean;
import org.springframework.data.repository.support.Repositories;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An application with JPA, Flyway and a database of its own. */
class JpaTests {

    @TempDir
    Path directory;

    @Test
    void everythingOfTheApplicationIsAsItWas() {
        Set<String> without;
        try (ConfigurableApplicationContext context = run("--cacheness.enabled=false")) {
            without = beans(context);
        }

        try (ConfigurableApplicationContext context = run()) {
            assertThat(beans(context)).isEqualTo(without);
            assertThat(context.getBeansOfType(DataSource.class)).containsOnlyKeys("dataSource");
            assertThat(context.getBeansOfType(EntityManagerFactory.class)).containsOnlyKeys("entityManagerFactory");
            assertThat(context.getBeansOfType(TransactionManager.class))
                    .containsOnlyKeys("transactionManager")
                    .hasValueSatisfying(new Condition<>(JpaTransactionManager.class::isInstance, "of JPA"));
            assertThat(context.getBeansOfType(Flyway.class)).containsOnlyKeys("flyway");
            assertThat(context.getBeansOfType(CustomerRepository.class)).containsOnlyKeys("customerRepository");
            assertThat(context.getBean(EntityManagerFactory.class)
                            .getMetamodel()
                            .getEntities())
                    .extracting("name")
                    .containsExactly("Customer");
            assertThat(context.getBean(JdbcTemplate.class)
                            .queryForList(
                                    "select table_name from information_schema.tables where table_schema = 'PUBLIC'",
                                    String.class))
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .containsExactlyInAnyOrder("customer", "flyway_schema_history");
        }
    }

    @Test
    void transactionOfTheApplicationAndTheCacheDoNotDisturbEachOther() {
        CacheKey<Object> key = CacheKey.of("customer", 1);
        try (ConfigurableApplicationContext context = run()) {
            CustomerRepository customers = context.getBean(CustomerRepository.class);
            Cacheness cacheness = context.getBean(Cacheness.class);

            context.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
                customers.save(new Customer("ada"));
                cacheness.put(key, "ada");
                status.setRollbackOnly();
            });

            assertThat(customers.count()).isZero();
            assertThat(cacheness.get(key)).contains("ada");
        }
    }

    @Test
    void repositoryOverTheIndexIsBesideTheRepositoriesOfTheApplication() {
        try (ConfigurableApplicationContext context = run()) {
            CustomerRepository customers = context.getBean(CustomerRepository.class);
            CacheEntryRepository entries = context.getBean(CacheEntryRepository.class);
            String digest = context.getBean(Cacheness.class).put(CacheKey.of("customer", 2), "grace");

            context.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
                customers.save(new Customer("grace"));
                assertThat(entries.findById(digest))
                        .hasValueSatisfying(row -> assertThat(row.getHandler()).isEqualTo("text"));
                assertThat(customers.count()).isOne();
                status.setRollbackOnly();
            });

            assertThat(customers.count()).isZero();
            assertThat(entries.count()).isOne();
            assertThat(context.getBeansOfType(JpaRepositoryFactoryBean.class)).hasSize(1);
            assertThat(new Repositories(context).hasRepositoryFor(CacheEntryRow.class))
                    .isFalse();
            assertThat(context.getBeansOfType(DataSource.class)).containsOnlyKeys("dataSource");
            assertThat(context.getBeansOfType(EntityManagerFactory.class)).containsOnlyKeys("entityManagerFactory");
            assertThat(context.getBeansOfType(TransactionManager.class)).containsOnlyKeys("transactionManager");
        }
    }

    private ConfigurableApplicationContext run(String... arguments) {
        SpringApplication spring = new SpringApplication(Application.class);
        spring.setDefaultProperties(Map.of(
                "spring.main.banner-mode",
                "off",
                "spring.datasource.url",
                "jdbc:h2:mem:" + System.nanoTime(),
                "spring.jpa.hibernate.ddl-auto",
                "validate",
                "cacheness.storage.dir",
                directory.resolve("cache").toString()));
        return spring.run(arguments);
    }

    /** The beans of the application: all but those that say that they are the cache's. */
    private static Set<String> beans(ConfigurableApplicationContext context) {
        return Stream.of(context.getBeanDefinitionNames())
                .filter(name -> !name.toLowerCase(Locale.ROOT).contains("cacheness"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @SpringBootApplication
    static class Application {}
}
