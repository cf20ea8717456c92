package dev.cacheness.sql.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Reading sessions of a database file: as many as there are readers, of which a few are kept. */
final class SessionPool {

    private final Opener opener;

    private final IdleSessions idle = new IdleSessions();

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
        Session known = idle.take();
        return known == null ? new Session(opener.open(), this::end) : known;
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
        if (!idle.giveBack(session)) {
            session.disconnect();
        }
    }

    void close() throws SQLException {
        for (Session session : idle.close()) {
            session.disconnect();
        }
    }
}
