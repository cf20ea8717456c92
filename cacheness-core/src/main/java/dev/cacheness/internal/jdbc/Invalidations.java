package dev.cacheness.internal.jdbc;

import java.sql.SQLException;
import java.util.Objects;

/** Counts of invalidations. Digests share 64 counters, which outlive the rows and take no space that grows. */
final class Invalidations {

    private static final int STRIPES = 64;

    private Invalidations() {}

    static long of(String digest, Session session) throws SQLException {
        return Objects.requireNonNull(session.first(
                EntryStatements.INVALIDATIONS,
                statement -> statement.setInt(1, stripe(digest)),
                row -> row.getLong(1)));
    }

    static void count(String digest, Session session) throws SQLException {
        session.update(EntryStatements.COUNT_INVALIDATION, statement -> statement.setInt(1, stripe(digest)));
    }

    static void countAll(Session session) throws SQLException {
        session.update(EntryStatements.COUNT_INVALIDATION_OF_ALL, Session.Parameters.NONE);
    }

    /** Part of the format of the file: processes that share it must agree. */
    private static int stripe(String digest) {
        return Math.floorMod(digest.hashCode(), STRIPES);
    }
}
