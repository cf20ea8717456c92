package dev.cacheness.boot.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.cacheness.Cacheness;
import dev.cacheness.boot.autoconfigure.CachenessAnnotationAutoConfiguration;
import dev.cacheness.boot.autoconfigure.CachenessAutoConfiguration;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Cached methods over a real database with Spring's transactions. */
class CachedTransactionTests {

    @TempDir
    Path directory;

    private ApplicationContextRunner runner;

    @BeforeEach
    void setUp() {
        runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CachenessAutoConfiguration.class, CachenessAnnotationAutoConfiguration.class))
                .withUserConfiguration(Database.class)
                .withPropertyValues(
                        "cacheness.storage.dir=" + directory.resolve("cache"), "database=" + database(directory));
    }

    /** The address of the database. */
    String database(Path directory) {
        return "jdbc:sqlite:" + directory.resolve("names.db");
    }

    @Test
    void invalidationWaitsForTheCommit() {
        runner.run(context -> {
            Names names = context.getBean(Names.class);
            Cacheness cache = context.getBean(Cacheness.class);
            names.name(1);

            context.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
                names.rename(1, "new");
                assertThat(cache.stats("names").entries()).isEqualTo(1);
            });

            assertThat(cache.stats("names").entries()).isZero();
            assertThat(names.name(1)).isEqualTo("new");
        });
    }

    @Test
    void transactionReadsWhatItHasWrittenAndOthersDoNot() throws Exception {
        runner.run(context -> {
            Names names = context.getBean(Names.class);
            ExecutorService other = Executors.newSingleThreadExecutor();
            names.name(1);

            context.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
                names.rename(1, "new");
                assertThat(names.name(1)).isEqualTo("new");
                assertThat(join(other.submit(() -> names.name(1)))).isEqualTo("old");
            });

            assertThat(names.name(1)).isEqualTo("new");
            other.shutdown();
        });
    }

    @Test
    void rollbackLeavesTheCacheAsItWas() {
        runner.run(context -> {
            Names names = context.getBean(Names.class);
            names.name(1);
            int calls = names.calls();

            context.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
                names.rename(1, "new");
                assertThat(names.name(1)).isEqualTo("new");
                status.setRollbackOnly();
            });

            assertThat(names.name(1)).isEqualTo("old");
            assertThat(names.calls()).isEqualTo(calls + 1);
        });
    }

    @Test
    void whatATransactionLoadedIsGoneAfterItsRollback() {
        runner.run(context -> {
            Names names = context.getBean(Names.class);
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);

            context.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
                jdbc.update("update names set name = 'never' where id = 1");
                assertThat(names.name(1)).isEqualTo("never");
                status.setRollbackOnly();
            });

            assertThat(names.name(1)).isEqualTo("old");
        });
    }

    @Test
    void loadThatBeganBeforeACommitIsNotStoredAfterIt() throws Exception {
        runner.run(context -> {
            Names names = context.getBean(Names.class);
            ExecutorService other = Executors.newSingleThreadExecutor();
            CountDownLatch hasRead = new CountDownLatch(1);
            CountDownLatch hasCommitted = new CountDownLatch(1);

            Future<String> slow = other.submit(() -> names.slowName(1, new Gate(hasRead, hasCommitted)));
            assertThat(hasRead.await(30, TimeUnit.SECONDS)).isTrue();
            context.getBean(TransactionTemplate.class).executeWithoutResult(status -> names.rename(1, "new"));
            hasCommitted.countDown();

            assertThat(slow.get(30, TimeUnit.SECONDS)).isEqualTo("old");
            assertThat(names.name(1)).isEqualTo("new");
            other.shutdown();
        });
    }

    @Test
    void innerTransactionEndsOnItsOwn() {
        runner.run(context -> {
            Names names = context.getBean(Names.class);
            Cacheness cache = context.getBean(Cacheness.class);
            TransactionTemplate inner = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
            inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
            names.other(1);
            names.name(1);

            context.getBean(TransactionTemplate.class).executeWithoutResult(outer -> {
                names.forgetOther();
                inner.executeWithoutResult(status -> names.forget());
                assertThat(cache.stats("names").entries()).isZero();
                assertThat(cache.stats("others").entries()).isEqualTo(1);
                outer.setRollbackOnly();
            });

            assertThat(cache.stats("others").entries()).isEqualTo(1);
        });
    }

    @Test
    void invalidationInAfterCommitIsDone() {
        runner.run(context -> {
            Names names = context.getBean(Names.class);
            names.name(1);

            context.getBean(TransactionTemplate.class)
                    .executeWithoutResult(status ->
                            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                                @Override
                                public void afterCommit() {
                                    names.forget();
                                }
                            }));

            assertThat(context.getBean(Cacheness.class).stats("names").entries())
                    .isZero();
        });
    }

    @Test
    void hitBeginsNoTransaction() {
        runner.run(context -> {
            Names names = context.getBean(Names.class);

            assertThat(names.inTransaction()).isTrue();
            context.getBean(DataSourceSwitch.class).fail = true;
            assertThat(names.inTransaction()).isTrue();
        });
    }

    @Test
    void removalAfterACommitThatFailsIsCountedAndDoesNotReachTheCaller() {
        runner.run(context -> {
            Names names = context.getBean(Names.class);
            names.name(1);

            context.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
                names.rename(1, "new");
                context.getBean(Cacheness.class).close();
            });

            assertThat(context.getBean(CachedCalls.class).toleratedFailures()).isEqualTo(1);
            assertThatIllegalStateException()
                    .isThrownBy(() -> {
                        throw new IllegalStateException(names.name(1));
                    })
                    .withMessage("new");
        });
    }

    private static <T> T join(Future<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    record Gate(CountDownLatch hasRead, CountDownLatch mayGoOn) {}

    static class Names {

        private final JdbcTemplate jdbc;

        private final AtomicInteger calls = new AtomicInteger();

        Names(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        int calls() {
            return calls.get();
        }

        @Cached(cache = "names", key = "#id")
        public @Nullable String name(int id) {
            calls.incrementAndGet();
            return jdbc.queryForObject("select name from names where id = ?", String.class, id);
        }

        @Cached(cache = "names", key = "#id")
        public @Nullable String slowName(int id, Gate gate) throws InterruptedException {
            String name = jdbc.queryForObject("select name from names where id = ?", String.class, id);
            gate.hasRead().countDown();
            assertThat(gate.mayGoOn().await(30, TimeUnit.SECONDS)).isTrue();
            return name;
        }

        @Cached(cache = "others")
        public String other(int id) {
            return "other";
        }

        @CacheInvalidate(cache = "names", key = "#id")
        public void rename(int id, String name) {
            jdbc.update("update names set name = ? where id = ?", name, id);
        }

        @CacheInvalidate(cache = "names")
        public void forget() {
            // The annotation does it.
        }

        @CacheInvalidate(cache = "others")
        public void forgetOther() {
            // The annotation does it.
        }

        @Cached
        @Transactional
        public boolean inTransaction() {
            return TransactionSynchronizationManager.isActualTransactionActive();
        }
    }

    static class DataSourceSwitch {
        boolean fail;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class Database {

        @Bean
        DataSourceSwitch dataSourceSwitch() {
            return new DataSourceSwitch();
        }

        @Bean
        DataSource dataSource(Environment environment, DataSourceSwitch dataSourceSwitch) {
            String url = environment.getRequiredProperty("database");
            DataSource connections = url.startsWith("jdbc:sqlite:") ? sqlite(url) : new DriverManagerDataSource(url);
            DataSource dataSource = new DelegatingDataSource(connections) {
                @Override
                public Connection getConnection() throws SQLException {
                    if (dataSourceSwitch.fail) {
                        throw new SQLException("no connection any more");
                    }
                    return super.getConnection();
                }
            };
            JdbcTemplate jdbc = new JdbcTemplate(dataSource);
            jdbc.execute("drop table if exists names");
            jdbc.execute("create table names(id integer primary key, name text)");
            jdbc.update("insert into names values (1, 'old')");
            return dataSource;
        }

        private static DataSource sqlite(String url) {
            SQLiteConfig config = new SQLiteConfig();
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setBusyTimeout(30_000);
            SQLiteDataSource dataSource = new SQLiteDataSource(config);
            dataSource.setUrl(url);
            return dataSource;
        }

        @Bean
        JdbcTemplate jdbcTemplate(DataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        TransactionTemplate transactionTemplate(PlatformTransactionManager transactionManager) {
            return new TransactionTemplate(transactionManager);
        }

        @Bean
        Names names(JdbcTemplate jdbc) {
            return new Names(jdbc);
        }
    }
}
