package dev.cacheness.sql.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reading sessions of a database file: as many as there are readers, of which a few are kept. */
final class SessionPool {

    private static final int MAX_IDLE = 8;

    private final Opener opener;

    private final Deque<Session> idle = new ArrayDeque<>();

    private boolean closed;

    /** Opens a connection that is set up for reading. */
    interface Opener {
        Connection open() throws SQLException;
    }

    SessionPool(Opener opener) {
        this.opener = opener;
    }

    /** A session that reads what it can from a mirror, and begins its transaction only for the rest. */
    Session mirrored(LedgerMirror mirror) throws SQLException {
        long version = mirror.version();
        Session session = take();
        session.mirrored(mirror, version);
        return session;
    }

    Session begin() throws SQLException {
        Session session = take();
        try {
            session.execute("begin");
            return session;
        } catch (SQLException e) {
            session.disconnect();
            throw e;
        }
    }

    private Session take() throws SQLException {
        synchronized (idle) {
            if (closed) {
                throw new SQLException("The store is closed");
            }
            Session known = idle.pollFirst();
            if (known != null) {
                return known;
            }
        }
        return new Session(opener.open(), this::end);
    }

    private void end(Session session) throws SQLException {
        try {
            if (session.isBegun()) {
                session.execute("rollback");
            }
            session.unmirrored();
        } catch (SQLException e) {
            session.disconnect();
            throw e;
        }
        synchronized (idle) {
            if (!closed && idle.size() < MAX_IDLE) {
                idle.addFirst(session);
                return;
            }
        }
        session.disconnect();
    }

    void close() throws SQLException {
        List<Session> all;
        synchronized (idle) {
            closed = true;
            all = new ArrayList<>(idle);
            idle.clear();
        }
        for (Session session : all) {
            session.disconnect();
        }
    }
}
