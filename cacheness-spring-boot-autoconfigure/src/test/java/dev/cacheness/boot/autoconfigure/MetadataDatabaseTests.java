package dev.cacheness.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.jpa.CacheEntryRepository;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.data.domain.Limit;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** Which database the index is in. Each schema of the server stands for a database of its own. */
class MetadataDatabaseTests {

    private static final CacheKey<String> KEY = CacheKey.of("k", 1).as(String.class);

    private static EmbeddedPostgres server;

    @TempDir
    Path directory;

    private ApplicationContextRunner runner;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void setUp() {
        for (String schema : Set.of("one", "two")) {
            execute("drop schema if exists " + schema + " cascade");
            execute("create schema " + schema);
        }
        runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(CachenessAutoConfiguration.class))
                .withPropertyValues(
                        "cacheness.storage.dir=" + directory.resolve("cache"), "cacheness.metadata.backend=postgresql");
    }

    @Test
    void address() {
        runner.withPropertyValues(
                        "cacheness.metadata.url=" + url(),
                        "cacheness.metadata.username=postgres",
                        "cacheness.metadata.password=secret",
                        "cacheness.metadata.options.schema=one")
                .run(context -> {
                    assertWorksIn("one", context.getBean(Cacheness.class));
                    assertThat(context.getBean(CachenessProperties.class).toString())
                            .doesNotContain("secret");
                });
    }

    @Test
    void onlyDataSourceOfTheApplication() {
        runner.withUserConfiguration(One.class)
                .withPropertyValues("cacheness.metadata.datasource=primary")
                .run(context -> assertWorksIn("one", context.getBean(Cacheness.class)));
    }

    @Test
    void severalDataSourcesAndNoChoice() {
        runner.withUserConfiguration(One.class, Two.class)
                .withPropertyValues("cacheness.metadata.datasource=primary")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("cacheness.metadata.datasource=primary")
                        .hasStackTraceContaining("none is the primary one: one, two")
                        .hasStackTraceContaining("mark it with @CachenessDataSource"));
    }

    @Test
    void severalDataSourcesAndOneByName() {
        runner.withUserConfiguration(One.class, Two.class)
                .withPropertyValues("cacheness.metadata.datasource=two")
                .run(context -> assertWorksIn("two", context.getBean(Cacheness.class)));
    }

    @Test
    void severalDataSourcesAndOnePrimary() {
        runner.withUserConfiguration(One.class, PrimaryTwo.class)
                .withPropertyValues("cacheness.metadata.datasource=primary")
                .run(context -> assertWorksIn("two", context.getBean(Cacheness.class)));
    }

    @Test
    void dataSourceThatIsMarkedNeedsNoProperty() {
        runner.withUserConfiguration(One.class, MarkedTwo.class).run(context -> {
            assertWorksIn("two", context.getBean(Cacheness.class));
            assertThat(context.getBean(DataSource.class)).isSameAs(context.getBean("one"));
        });
    }

    @Test
    void nameOfNoBean() {
        runner.withUserConfiguration(One.class)
                .withPropertyValues("cacheness.metadata.datasource=three")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("cacheness.metadata.datasource=three")
                        .hasStackTraceContaining("Use 'primary' or one of one."));
    }

    @Test
    void connectionDetailsWinOverTheAddress() {
        runner.withBean(CachenessMetadataConnectionDetails.class, () -> () -> url() + "&sslmode=disable")
                .withPropertyValues(
                        "cacheness.metadata.url=jdbc:postgresql://nowhere/x",
                        "cacheness.metadata.options.schema=two",
                        "cacheness.metadata.options.username=postgres")
                .run(context -> assertWorksIn("two", context.getBean(Cacheness.class)));
    }

    @Test
    void noDatabase() {
        runner.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessageContaining("cacheness.metadata.url")
                .hasMessageContaining("cacheness.metadata.datasource=primary"));
    }

    @Test
    void addressThatLoadsClassesIsRefusedWithoutItsSecrets() {
        runner.withPropertyValues("cacheness.metadata.url=jdbc:postgresql://me:secret@db/shop?loggerFile=x")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(CacheConfigurationException.class)
                        .hasMessageContaining("'loggerFile'")
                        .hasMessageNotContaining("secret"));
    }

    @Test
    void transactionOfTheApplicationIsAnother() {
        runner.withUserConfiguration(TransactionAwareOne.class)
                .withPropertyValues("cacheness.metadata.datasource=primary")
                .run(context -> {
                    Cacheness cacheness = context.getBean(Cacheness.class);
                    var transaction = new TransactionTemplate(
                            new DataSourceTransactionManager(context.getBean(DataSource.class)));

                    transaction.executeWithoutResult(status -> {
                        cacheness.put(KEY, "value");
                        status.setRollbackOnly();
                    });

                    assertThat(cacheness.get(KEY)).contains("value");
                });
    }

    @Test
    void sharedDatabaseIsMigratedByTheApplicationFirst() {
        runner.withUserConfiguration(One.class)
                .withPropertyValues("cacheness.metadata.datasource=primary")
                .run(context -> assertThat(new CachenessDependsOnDatabaseInitialization(context.getEnvironment())
                                .detect(context.getBeanFactory()))
                        .containsExactly("cacheness"));
        runner.withUserConfiguration(MarkedTwo.class)
                .run(context -> assertThat(new CachenessDependsOnDatabaseInitialization(context.getEnvironment())
                                .detect(context.getBeanFactory()))
                        .containsExactly("cacheness"));
        runner.withUserConfiguration(One.class)
                .withPropertyValues("cacheness.metadata.backend=sqlite")
                .run(context -> assertThat(new CachenessDependsOnDatabaseInitialization(context.getEnvironment())
                                .detect(context.getBeanFactory()))
                        .isEmpty());
    }

    /** Flyway refuses a schema that has tables and no history, so the application would not start if the cache went first. */
    @Test
    void migrationsOfTheApplicationGoFirst() {
        runner.withUserConfiguration(One.class)
                .withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class))
                .withPropertyValues(
                        "cacheness.metadata.datasource=primary",
                        "spring.flyway.locations=classpath:application-migrations")
                .run(context -> {
                    assertWorksIn("one", context.getBean(Cacheness.class));
                    assertThat(text("select came_first from one.came_first")).isEqualTo("t");
                    assertThat(text("select string_agg(version, ',') from one.flyway_schema_history"))
                            .isEqualTo("1");
                    assertThat(text("select count(*) from one.cacheness_schema_history where success"))
                            .isNotEqualTo("0");
                });
    }

    @Test
    void changeSetsOfTheApplicationGoFirst() {
        runner.withUserConfiguration(One.class)
                .withConfiguration(AutoConfigurations.of(LiquibaseAutoConfiguration.class))
                .withPropertyValues(
                        "cacheness.metadata.datasource=primary",
                        "spring.liquibase.change-log=classpath:application-change-log.yaml")
                .run(context -> {
                    assertWorksIn("one", context.getBean(Cacheness.class));
                    assertThat(text("select came_first from one.came_first")).isEqualTo("t");
                    assertThat(text("select count(*) from one.databasechangelog"))
                            .isEqualTo("1");
                    assertThat(text("select count(*) from one.cacheness_schema_history where success"))
                            .isNotEqualTo("0");
                });
    }

    @Test
    void repositoryAsksTheSameDatabaseAndNobodyElseSeesIt() {
        runner.withUserConfiguration(One.class)
                .withConfiguration(AutoConfigurations.of(CachenessJpaAutoConfiguration.class))
                .withPropertyValues("cacheness.metadata.datasource=primary")
                .run(context -> {
                    CacheEntryRepository entries = context.getBean(CacheEntryRepository.class);
                    context.getBean(Cacheness.class).put(KEY, "value");

                    assertThat(entries.findByOrderBySizeBytesDescDigestAsc(Limit.of(10)))
                            .hasSize(1);
                    assertThat(context.getBeansOfType(DataSource.class)).containsOnlyKeys("one");
                    assertThat(context.getBeansOfType(EntityManagerFactory.class))
                            .isEmpty();
                    try (var connection = context.getBean(DataSource.class).getConnection()) {
                        assertThat(connection.isReadOnly()).isFalse();
                    }
                });
    }

    private static String text(String sql) {
        try (var connection = dataSource("public").getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static void assertWorksIn(String schema, Cacheness cacheness) {
        cacheness.put(KEY, "value");

        assertThat(cacheness.get(KEY)).contains("value");
        assertThat(count(schema)).isEqualTo(1);
    }

    private static String url() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres?tcpKeepAlive=true";
    }

    private static DataSource dataSource(String schema) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setURL(url());
        dataSource.setUser("postgres");
        dataSource.setCurrentSchema(schema);
        return dataSource;
    }

    private static void execute(String sql) {
        try (var connection = dataSource("public").getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static long count(String schema) {
        try (var connection = dataSource(schema).getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from cacheness_entry")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("No table in schema " + schema, e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class One {

        @Bean
        DataSource one() {
            return dataSource("one");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Two {

        @Bean
        DataSource two() {
            return dataSource("two");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PrimaryTwo {

        @Bean
        @Primary
        DataSource two() {
            return dataSource("two");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class MarkedTwo {

        @Bean(defaultCandidate = false)
        @CachenessDataSource
        DataSource two() {
            return dataSource("two");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TransactionAwareOne {

        @Bean
        DataSource one() {
            return new TransactionAwareDataSourceProxy(dataSource("one"));
        }
    }
}
