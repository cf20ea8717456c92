package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheMetadataException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lends sessions on a PostgreSQL database, and runs again what met with others. Where the sessions come from is up to {@link Sessions}. */
final class PostgresqlConnections implements Connections {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresqlConnections.class);

    /** Each time, someone else got on. */
    private static final int ATTEMPTS = 20;

    private final Sessions sessions;

    private final String place;

    /** How long a look-up may take. */
    private final Duration readTimeout;

    private volatile boolean closed;

    PostgresqlConnections(Sessions sessions, String place, Duration readTimeout) {
        this.sessions = sessions;
        this.place = place;
        this.readTimeout = readTimeout;
    }

    @Override
    public <T> T lookUp(String action, Work<T> work) {
        return read(action, work, Deadline.in(readTimeout));
    }

    /** One statement that only reads; on another connection if the first one turns out to be broken. */
    @Override
    public <T> T read(String action, Work<T> work) {
        return read(action, work, null);
    }

    private <T> T read(String action, Work<T> work, @Nullable Deadline deadline) {
        try {
            return repeated(action, work, deadline);
        } catch (CacheMetadataException e) {
            if (closed
                    || (deadline != null && deadline.isOver())
                    || !PostgresqlFailures.isConnectionLost(e.getCause())) {
                throw e;
            }
            LOG.info("The connection to {} was lost, a new one is tried: {}", place, e.getMessage());
            return repeated(action, work, deadline);
        }
    }

    /** One statement, which is a transaction of its own. */
    <T> T alone(String action, Work<T> work) {
        return repeated(action, work, null);
    }

    @Override
    public <T> T write(String action, Work<T> work) {
        Work<T> transaction = session -> {
            Connection connection = session.connection();
            connection.setAutoCommit(false);
            T result = work.with(session);
            connection.commit();
            connection.setAutoCommit(true);
            return result;
        };
        return repeated(action, transaction, null);
    }

    /** @param deadline null if the connection's own limits are enough */
    private <T> T repeated(String action, Work<T> work, @Nullable Deadline deadline) {
        for (int attempt = 1; true; attempt++) {
            try {
                return once(action, work, deadline);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !PostgresqlFailures.isCollision(e)) {
                    throw PostgresqlFailures.translate(action, place, e);
                }
                LOG.debug("Another transaction was in the way, trying again to {}", action, e);
            }
        }
    }

    private <T> T once(String action, Work<T> work, @Nullable Deadline deadline) throws SQLException {
        if (closed) {
            throw new CacheMetadataException(
                    "Could not " + action + ": the index on PostgreSQL (" + place + ") has been closed.");
        }
        Session session = sessions.borrow(action, deadline);
        boolean done = false;
        try {
            if (deadline == null) {
                session.waitAsUsual();
            } else {
                session.waitUntil(deadline);
            }
            T result = work.with(session);
            done = true;
            return result;
        } catch (SQLException e) {
            if (PostgresqlFailures.isConnectionLost(e)) {
                sessions.distrust();
            }
            throw e;
        } finally {
            sessions.giveBack(session, done);
        }
    }

    @Override
    public void close() {
        closed = true;
        sessions.close();
    }

    /** Where sessions come from. Their connections commit each statement by themselves. */
    interface Sessions extends AutoCloseable {

        /** @param deadline until when to wait for one, null if the usual limits are enough */
        Session borrow(String action, @Nullable Deadline deadline) throws SQLException;

        /** A session that its user keeps for long, and closes; not one of those that are lent. */
        Session dedicated() throws SQLException;

        /** @param good false if anything failed */
        void giveBack(Session session, boolean good);

        /** A connection was found broken: those that are idle may be so, too. */
        void distrust();

        @Override
        void close();
    }
}
