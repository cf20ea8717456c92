package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.ds.PGSimpleDataSource;

/** The only one that knows the driver. */
final class PostgresqlDriver {

    private static final int CONNECT_TIMEOUT_SECONDS = 2;

    /** Longer than the server takes to give up by itself, so that its answer says why. */
    private static final int SOCKET_TIMEOUT_SECONDS = 8;

    private static final List<String> SERVER_SETTINGS = List.of(
            "-c statement_timeout=5000",
            "-c lock_timeout=2000",
            "-c idle_in_transaction_session_timeout=10000",
            "-c default_transaction_isolation=read\\ committed");

    private PostgresqlDriver() {}

    /**
     * New connections, not pooled. What the url says about timeouts wins. There is no timeout for the login as a whole, for the driver would log in by a
     * thread of its own then, and give up when the caller is interrupted.
     */
    static DataSource dataSource(PostgresqlSettings settings) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setApplicationName("cacheness");
        dataSource.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
        dataSource.setSocketTimeout(SOCKET_TIMEOUT_SECONDS);
        dataSource.setTcpKeepAlive(true);
        dataSource.setOptions(String.join(" ", SERVER_SETTINGS));
        dataSource.setUser(settings.username());
        dataSource.setPassword(settings.password());
        if (settings.schema() != null) {
            dataSource.setCurrentSchema(settings.schema());
        }
        try {
            dataSource.setURL(settings.url());
        } catch (IllegalArgumentException e) {
            throw new CacheConfigurationException(
                    PostgresqlSettings.PREFIX + "url",
                    null,
                    "It cannot be read as the address of a PostgreSQL database.",
                    "Use jdbc:postgresql://host:5432/database.");
        }
        return dataSource;
    }

    /** What was said on the channels that the connection listens to; waits for the first message at most that long. */
    static List<String> notifications(Connection connection, Duration maxWait) throws SQLException {
        PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications((int) maxWait.toMillis());
        return heard == null
                ? List.of()
                : Arrays.stream(heard).map(PGNotification::getParameter).toList();
    }
}
