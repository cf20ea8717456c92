package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheMetadataException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the connections that were opened, with their prepared statements, for the next one who needs one. */
final class PooledSessions implements PostgresqlConnections.Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(PooledSessions.class);

    /** A connection that was idle for longer is asked whether it still works. */
    private static final Duration TRUSTED_IDLE_TIME = Duration.ofMillis(500);

    private static final Duration MAX_WAIT = Duration.ofSeconds(2);

    /** Long enough for a server that is far away and asks for a certificate. */
    private static final Duration MAX_WAIT_TO_OPEN = Duration.ofSeconds(5);

    private final ConnectionOpener opener;

    private final int size;

    private final Semaphore permits;

    /** The one that was used last comes first, so that those that are not needed stay at the end. */
    private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();

    PooledSessions(DataSource dataSource, int size) {
        this.opener = new ConnectionOpener(dataSource);
        this.size = size;
        this.permits = new Semaphore(size, true);
    }

    @Override
    public Session borrow(String action, @Nullable Deadline deadline) throws SQLException {
        Duration maxWait = deadline == null ? MAX_WAIT : deadline.left();
        if (!Locks.tryAcquire(permits, maxWait)) {
            throw new CacheMetadataException("Could not " + action + ": all " + size
                    + " connections to PostgreSQL were in use for more than " + maxWait.toMillis()
                    + " ms. Raise cacheness.metadata.options.pool-size, or look for what keeps the database busy.");
        }
        boolean lent = false;
        try {
            // Half of the time, so that there is some left for a new connection.
            Session session = idleSession(
                    Deadline.in(deadline == null ? MAX_WAIT : deadline.left().dividedBy(2)));
            if (session == null) {
                session = new Session(opener.open(deadline == null ? MAX_WAIT_TO_OPEN : deadline.left()));
            }
            lent = true;
            return session;
        } finally {
            if (!lent) {
                permits.release();
            }
        }
    }

    @Override
    public Session dedicated() throws SQLException {
        return new Session(opener.open(MAX_WAIT_TO_OPEN));
    }

    /** If one does not answer, the others are not waited for. */
    private @Nullable Session idleSession(Deadline deadline) {
        Idle candidate = idle.pollFirst();
        if (candidate == null) {
            return null;
        }
        if (System.nanoTime() - candidate.since() < TRUSTED_IDLE_TIME.toNanos()
                || candidate.session().answers(deadline)) {
            return candidate.session();
        }
        discard(candidate.session());
        distrust();
        return null;
    }

    @Override
    public void giveBack(Session session, boolean good) {
        if (good) {
            idle.addFirst(new Idle(session, System.nanoTime()));
        } else {
            discard(session);
        }
        permits.release();
    }

    @Override
    public void distrust() {
        for (Idle candidate = idle.pollFirst(); candidate != null; candidate = idle.pollFirst()) {
            discard(candidate.session());
        }
    }

    @Override
    public void close() {
        permits.acquireUninterruptibly(size);
        try {
            distrust();
        } finally {
            permits.release(size);
        }
    }

    private static void discard(Session session) {
        try {
            session.close();
        } catch (SQLException e) {
            LOG.debug("A connection to PostgreSQL could not be closed", e);
        }
    }

    private record Idle(Session session, long since) {}
}
