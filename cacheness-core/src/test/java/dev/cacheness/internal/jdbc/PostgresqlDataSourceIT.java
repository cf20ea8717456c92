package dev.cacheness.internal.jdbc;

import static dev.cacheness.contract.EntryFixture.digest;
import static dev.cacheness.contract.EntryFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.contract.MetadataBackendContract;
import dev.cacheness.contract.PostgresqlServer;
import dev.cacheness.jdbc.PostgresqlMetadata;
import dev.cacheness.spi.ChangeFeed;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The whole contract on connections of the application, which it configured in its own way, to a server that seems to be an older one. */
class PostgresqlDataSourceIT extends MetadataBackendContract {

    private static final int NETWORK_TIMEOUT = 20_000;

    /** What the connections were like when they came back. */
    private final List<String> givenBack = new CopyOnWriteArrayList<>();

    @Override
    protected MetadataBackend open() {
        PostgresqlServer.execute("create schema if not exists application");
        MetadataBackend backend = PostgresqlMetadata.provider(dataSource()).open(PostgresqlFixture.settings(Map.of()));
        PostgresqlServer.execute(
                "truncate application.cacheness_entry", "update application.cacheness_invalidation set count = 0");
        return backend;
    }

    @Test
    void connectionsComeBackAsTheyWere() {
        try (var backend = open()) {
            backend.put(entry(1).build(), PutCondition.ALWAYS);
            backend.invalidate(List.of(digest(1)));
        }

        assertThat(givenBack)
                .isNotEmpty()
                .containsOnly("autoCommit=false networkTimeout=" + NETWORK_TIMEOUT + " listening=false");
    }

    @Test
    void connectionThatListenedComesBackAsItWas() {
        try (var backend = open()) {
            backend.unwrap(ChangeFeed.class).orElseThrow().subscribe(new ChangeFeed.Listener() {
                @Override
                public void changed(Collection<String> digests) {}

                @Override
                public void anythingChanged() {}
            });
            await().until(() -> backend.changesOfOthers().equals(backend.changesOfOthers()));
            givenBack.clear();
        }

        assertThat(givenBack)
                .isNotEmpty()
                .containsOnly("autoCommit=false networkTimeout=" + NETWORK_TIMEOUT + " listening=false");
    }

    @Test
    void transactionOfTheApplicationIsAnother() throws Exception {
        try (var backend = open();
                Connection own = dataSource().getConnection();
                var statement = own.createStatement()) {
            statement.execute("create table if not exists application.customer (id bigint)");
            own.commit();
            statement.execute("insert into application.customer values (1)");
            backend.put(entry(1).build(), PutCondition.ALWAYS);
            own.rollback();

            assertThat(backend.find(digest(1))).isPresent();
            assertThat(PostgresqlServer.query("select count(*) from application.customer"))
                    .isEqualTo("0");
        }
    }

    @Test
    void optionsAndDataSourceDoNotGoTogether() {
        var provider = PostgresqlMetadata.provider(dataSource());

        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> provider.open(PostgresqlFixture.settings(Map.of("schema", "x"))))
                .withMessageContaining("cacheness.metadata.options.schema")
                .withMessageContaining("DataSource");
    }

    private DataSource dataSource() {
        return new PGSimpleDataSource() {
            private static final long serialVersionUID = 1L;

            {
                setURL(PostgresqlServer.url());
                setUser(PostgresqlServer.USER);
                setCurrentSchema("application");
            }

            @Override
            public Connection getConnection() throws java.sql.SQLException {
                Connection connection = super.getConnection();
                connection.setAutoCommit(false);
                connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT);
                return watched(connection);
            }
        };
    }

    /** What a put needs to know of the server. */
    private static DatabaseMetaData older(DatabaseMetaData metaData) {
        return (DatabaseMetaData) Proxy.newProxyInstance(
                PostgresqlDataSourceIT.class.getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                (proxy, method, arguments) -> method.getName().equals("getDatabaseMajorVersion")
                        ? (Object) 14
                        : method.invoke(metaData, arguments));
    }

    private Connection watched(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getMetaData")) {
                        return older(connection.getMetaData());
                    }
                    if (method.getName().equals("close") && !connection.isClosed()) {
                        givenBack.add("autoCommit=" + connection.getAutoCommit() + " networkTimeout="
                                + connection.getNetworkTimeout() + " listening=" + isListening(connection));
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static boolean isListening(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("select exists (select from pg_listening_channels())")) {
            result.next();
            return result.getBoolean(1);
        } finally {
            connection.rollback();
        }
    }
}
