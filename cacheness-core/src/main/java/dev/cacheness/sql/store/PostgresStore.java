package dev.cacheness.sql.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
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

    private final IdleSessions writers = new IdleSessions();

    private final IdleSessions readers = new IdleSessions();

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
        Session session = take(readers);
        if (ownsConnections) {
            return session;
        }
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
        try (Session session = take(writers)) {
            R result = work.run(session);
            session.connection().commit();
            return result;
        }
    }

    private Session take(IdleSessions idle) throws SQLException {
        Session known = idle.take();
        if (known != null) {
            return known;
        }
        Connection connection = connector.connect();
        if (ownsConnections && idle == readers) {
            // Said once for the connection and not for each transaction, which spares a way to the server and back.
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        }
        connection.setAutoCommit(false);
        return new Session(connection, session -> end(session, idle));
    }

    private void end(Session session, IdleSessions idle) throws SQLException {
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
    public void compact(DataTable table) throws SQLException {
        try (Connection connection = connector.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("vacuum (analyze) " + table.layout().quotedName());
            statement.execute("vacuum (analyze) cn_coverage");
        }
    }

    @Override
    public void close() {
        close(readers);
        close(writers);
    }

    private static void close(IdleSessions idle) {
        for (Session session : idle.close()) {
            try {
                session.disconnect();
            } catch (SQLException e) {
                log.warn("A connection to PostgreSQL did not close cleanly", e);
            }
        }
    }
}
