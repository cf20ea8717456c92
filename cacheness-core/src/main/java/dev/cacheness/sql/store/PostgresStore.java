package dev.cacheness.sql.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL: shared by many processes. Partitions are locked by their row in the ledger. */
public final class PostgresStore extends SqlStore {

    private static final Logger log = LoggerFactory.getLogger(PostgresStore.class);

    /** Properties of the driver that load classes or write files of the URL's choice. */
    private static final Set<String> REFUSED = Set.of(
            "socketfactory",
            "socketfactoryarg",
            "sslfactory",
            "sslfactoryarg",
            "sslhostnameverifier",
            "sslpasswordcallback",
            "authenticationpluginclassname",
            "loggerfile",
            "loggerlevel",
            "xmlfactoryfactory",
            "jaasapplicationname");

    private final Connector connector;

    private final boolean ownsConnections;

    private final IdleSessions idle = new IdleSessions();

    private interface Connector {
        Connection connect() throws SQLException;
    }

    private PostgresStore(Connector connector, boolean ownsConnections) {
        this.connector = connector;
        this.ownsConnections = ownsConnections;
    }

    /** Takes connections from a data source, one for each transaction. */
    public static PostgresStore of(DataSource dataSource) throws SQLException {
        return checked(new PostgresStore(dataSource::getConnection, false));
    }

    /** Opens connections of its own. */
    public static PostgresStore open(String url) throws SQLException {
        int query = url.indexOf('?');
        for (String property :
                query < 0 ? new String[0] : url.substring(query + 1).split("&")) {
            String name = property.split("=", 2)[0].toLowerCase(Locale.ROOT);
            if (REFUSED.contains(name)) {
                throw new SQLException("The URL sets '" + name + "', which is not allowed there. Give a DataSource.");
            }
        }
        return checked(new PostgresStore(() -> DriverManager.getConnection(url), true));
    }

    private static PostgresStore checked(PostgresStore store) throws SQLException {
        store.read().close();
        return store;
    }

    @Override
    public String engine() {
        return "postgresql";
    }

    @Override
    Dialect dialect() {
        return PostgresDialect.INSTANCE;
    }

    @Override
    public Session read() throws SQLException {
        Session session = take();
        try {
            session.execute("set transaction isolation level repeatable read, read only");
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    @Override
    <R> R writeOnce(Work<R> work) throws SQLException {
        try (Session session = take()) {
            R result = work.run(session);
            session.connection().commit();
            return result;
        }
    }

    private Session take() throws SQLException {
        Session known = idle.take();
        if (known != null) {
            return known;
        }
        Connection connection = connector.connect();
        connection.setAutoCommit(false);
        return new Session(connection, this::end);
    }

    private void end(Session session) throws SQLException {
        @Nullable SQLException failure = null;
        try {
            session.connection().rollback();
        } catch (SQLException e) {
            failure = e;
        }
        if (failure == null && ownsConnections && idle.giveBack(session)) {
            return;
        }
        if (failure == null) {
            session.connection().setAutoCommit(true);
        }
        session.disconnect();
    }

    @Override
    public void close() {
        for (Session session : idle.close()) {
            try {
                session.disconnect();
            } catch (SQLException e) {
                log.warn("A connection to PostgreSQL did not close cleanly", e);
            }
        }
    }
}
