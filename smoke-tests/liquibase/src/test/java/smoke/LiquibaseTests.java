package smoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import liquibase.integration.spring.SpringLiquibase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** An application whose tables are made by Liquibase; the cache makes its own with Flyway. */
class LiquibaseTests {

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
            assertThat(context.getBeansOfType(SpringLiquibase.class)).containsOnlyKeys("liquibase");
            assertThat(context.getBeansOfType(Flyway.class)).isEmpty();
            assertThat(context.getBean(JdbcTemplate.class)
                            .queryForList(
                                    "select table_name from information_schema.tables where table_schema = 'PUBLIC'",
                                    String.class))
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .containsExactlyInAnyOrder("customer", "databasechangelog", "databasechangeloglock");
        }
    }

    @Test
    void cacheWorks() {
        CacheKey<String> key = CacheKey.of("customer", 1).as(String.class);
        try (ConfigurableApplicationContext context = run()) {
            context.getBean(Cacheness.class).put(key, "ada");
        }

        try (ConfigurableApplicationContext context = run()) {
            Cacheness cacheness = context.getBean(Cacheness.class);
            assertThat(cacheness.get(key)).contains("ada");
            assertThat(cacheness.stats().metadataBackend()).isEqualTo("sqlite");
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
