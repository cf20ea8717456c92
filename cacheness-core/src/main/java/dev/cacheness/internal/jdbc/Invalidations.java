package dev.cacheness.internal.jdbc;

import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    /** As {@link #of}, and nobody changes it until the transaction ends. */
    static long lock(String digest, Session session) throws SQLException {
        return Objects.requireNonNull(session.first(
                PostgresqlStatements.LOCK_INVALIDATIONS,
                statement -> statement.setInt(1, stripe(digest)),
                row -> row.getLong(1)));
    }

    static void count(String digest, Session session) throws SQLException {
        session.update(EntryStatements.COUNT_INVALIDATION, statement -> statement.setInt(1, stripe(digest)));
    }

    static void countAll(Session session) throws SQLException {
        session.update(EntryStatements.COUNT_INVALIDATION_OF_ALL, Session.Parameters.NONE);
    }

    static Stream<Integer> stripes() {
        return IntStream.range(0, STRIPES).boxed();
    }

    /** Part of the format of the index: processes that share the index must agree. */
    static int stripe(String digest) {
        return Math.floorMod(digest.hashCode(), STRIPES);
    }
}
