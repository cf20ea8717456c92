package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheMetadataException;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lends sessions on a PostgreSQL database, and runs again what met with others. Where the sessions come from is up to {@link Sessions}. */
final class PostgresqlConnections implements Connections {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresqlConnections.class);

    /** Each time, someone else got on. */
    private static final int ATTEMPTS = 20;

    private final Sessions sessions;

    private final String place;

    private volatile boolean closed;

    PostgresqlConnections(Sessions sessions, String place) {
        this.sessions = sessions;
        this.place = place;
    }

    /** One statement that only reads; on another connection if the first one turns out to be broken. */
    @Override
    public <T> T read(String action, Work<T> work) {
        try {
            return alone(action, work);
        } catch (CacheMetadataException e) {
            if (closed || !PostgresqlFailures.isConnectionLost(e.getCause())) {
                throw e;
            }
            LOG.info("The connection to {} was lost, a new one is tried: {}", place, e.getMessage());
            return alone(action, work);
        }
    }

    /** One statement, which is a transaction of its own. */
    <T> T alone(String action, Work<T> work) {
        return repeated(action, work);
    }

    @Override
    public <T> T write(String action, Work<T> work) {
        return repeated(action, session -> {
            Connection connection = session.connection();
            connection.setAutoCommit(false);
            T result = work.with(session);
            connection.commit();
            connection.setAutoCommit(true);
            return result;
        });
    }

    private <T> T repeated(String action, Work<T> work) {
        for (int attempt = 1; true; attempt++) {
            try {
                return once(action, work);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !PostgresqlFailures.isCollision(e)) {
                    throw PostgresqlFailures.translate(action, place, e);
                }
                LOG.debug("Another transaction was in the way, trying again to {}", action, e);
            }
        }
    }

    private <T> T once(String action, Work<T> work) throws SQLException {
        if (closed) {
            throw new CacheMetadataException(
                    "Could not " + action + ": the index on PostgreSQL (" + place + ") has been closed.");
        }
        Session session = sessions.borrow(action);
        boolean done = false;
        try {
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

        Session borrow(String action) throws SQLException;

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
