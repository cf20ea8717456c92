package dev.cacheness.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Borrows connections of the application, and gives them back as they were. */
final class LentSessions implements PostgresqlConnections.Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(LentSessions.class);

    private static final int STATEMENT_SECONDS = 5;

    private static final Duration MAX_WAIT = Duration.ofSeconds(8);

    private static final int NETWORK_MILLIS = (int) MAX_WAIT.toMillis();

    private final ConnectionOpener opener;

    LentSessions(DataSource dataSource) {
        this.opener = new ConnectionOpener(dataSource);
    }

    /** On another thread, because the application's pool may wait much longer for a database that is away. */
    @Override
    public Session borrow(String action, @Nullable Deadline deadline) throws SQLException {
        Connection connection = opener.open(deadline == null ? MAX_WAIT : deadline.left());
        try {
            boolean autoCommit = connection.getAutoCommit();
            int networkTimeout = connection.getNetworkTimeout();
            if (!autoCommit) {
                connection.setAutoCommit(true);
            }
            if (networkTimeout == 0 || networkTimeout > NETWORK_MILLIS) {
                connection.setNetworkTimeout(Runnable::run, NETWORK_MILLIS);
            }
            return new Session(connection, STATEMENT_SECONDS, () -> {
                connection.setNetworkTimeout(Runnable::run, networkTimeout);
                connection.setAutoCommit(autoCommit);
            });
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** One connection of the application's pool is out of it for as long as the cache is open. */
    @Override
    public Session dedicated() throws SQLException {
        return borrow("listen to changes", null);
    }

    @Override
    public void giveBack(Session session, boolean good) {
        try {
            if (!good && !session.connection().getAutoCommit()) {
                session.connection().rollback();
            }
        } catch (SQLException e) {
            LOG.debug("A transaction on a connection of the application could not be rolled back", e);
        }
        try {
            session.close();
        } catch (SQLException e) {
            LOG.debug("A connection of the application could not be given back", e);
        }
    }

    /** The application's pool looks after its connections. */
    @Override
    public void distrust() {}

    @Override
    public void close() {}
}
