package smoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.Cacheness;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionManager;
import tools.jackson.databind.ObjectMapper;

/** An application with Spring Data JDBC, whose entity bears no annotation. */
class DataJdbcTests {

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
            assertThat(context.getBeansOfType(CustomerRepository.class)).containsOnlyKeys("customerRepository");
            assertThat(context.getBeansOfType(DataSource.class)).containsOnlyKeys("dataSource");
            assertThat(context.getBeansOfType(TransactionManager.class)).containsOnlyKeys("transactionManager");
            assertThat(context.getBean(TransactionManager.class)).isInstanceOf(JdbcTransactionManager.class);
            assertThat(context.getBeansOfType(Flyway.class)).isEmpty();
            assertThat(context.getBeansOfType(ObjectMapper.class)).isEmpty();
            assertThat(context.getBean(Cacheness.class).stats().metadataBackend())
                    .isEqualTo("sqlite");
        }
    }

    @Test
    void repositoryWorks() {
        try (ConfigurableApplicationContext context = run()) {
            CustomerRepository customers = context.getBean(CustomerRepository.class);

            customers.save(new Customer(null, "ada"));

            assertThat(customers.findAll()).extracting(Customer::name).containsExactly("ada");
        }
    }

    private ConfigurableApplicationContext run(String... arguments) {
        SpringApplication spring = new SpringApplication(Application.class);
        spring.setDefaultProperties(Map.of(
                "spring.main.banner-mode",
                "off",
                "spring.datasource.url",
                "jdbc:h2:mem:" + System.nanoTime(),
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
