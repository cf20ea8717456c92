package dev.cacheness.sql.store;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions that wait for their next use: a few, the last used first. Safe for use by several threads. */
final class IdleSessions {

    private static final int MAX_IDLE = 8;

    private final Deque<Session> idle = new ArrayDeque<>();

    private boolean closed;

    /** A session, null if none is idle. @throws SQLException if the store is closed */
    synchronized @Nullable Session take() throws SQLException {
        if (closed) {
            throw new SQLException("The store is closed");
        }
        return idle.pollFirst();
    }

    /** Returns whether the session was taken back; otherwise it is to be disconnected. */
    synchronized boolean giveBack(Session session) {
        boolean isKept = !closed && idle.size() < MAX_IDLE;
        if (isKept) {
            idle.addFirst(session);
        }
        return isKept;
    }

    /** Hands out all idle sessions, to be disconnected, and takes none back from now on. */
    synchronized List<Session> close() {
        closed = true;
        List<Session> all = new ArrayList<>(idle);
        idle.clear();
        return all;
    }
}
