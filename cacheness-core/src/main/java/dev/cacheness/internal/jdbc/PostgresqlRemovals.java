package dev.cacheness.internal.jdbc;

import static dev.cacheness.internal.jdbc.PostgresqlArrays.bind;
import static dev.cacheness.internal.jdbc.PostgresqlTexts.encode;

import dev.cacheness.spi.CustomSelection;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Takes rows out of a PostgreSQL database, and tells other nodes. */
final class PostgresqlRemovals {

    private final PostgresqlConnections connections;

    private final PostgresqlNews news;

    PostgresqlRemovals(PostgresqlConnections connections, PostgresqlNews news) {
        this.connections = connections;
        this.news = news;
    }

    List<EntryRef> remove(Collection<EntryRef> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        return told(connections.alone(
                "remove entries",
                session -> removed(PostgresqlStatements.REMOVE, session, statement -> {
                    bind(statement, 1, "text", entries.stream().map(entry -> encode(entry.digest())));
                    bind(statement, 2, "text", entries.stream().map(EntryRef::generation));
                })));
    }

    /** Not told: whoever keeps such a row sees for himself that it has expired. */
    List<EntryRef> removeExpired(Instant now, int limit) {
        return connections.alone(
                "remove expired entries",
                session -> removed(PostgresqlStatements.REMOVE_EXPIRED, session, statement -> {
                    statement.setLong(1, Millis.of(now));
                    statement.setInt(2, limit);
                }));
    }

    /** Not told, either. */
    List<EntryRef> removeExpired(String namespace, Instant now, int limit) {
        return remove(PostgresqlStatements.REMOVE_EXPIRED_OF_NAMESPACE, namespace, now, limit);
    }

    List<EntryRef> removeIdle(String namespace, Instant accessedAt, int limit) {
        return remove(PostgresqlStatements.REMOVE_IDLE_OF_NAMESPACE, namespace, accessedAt, limit);
    }

    private List<EntryRef> remove(String sql, String namespace, Instant time, int limit) {
        return connections.alone(
                "remove expired entries",
                session -> removed(sql, session, statement -> {
                    statement.setString(1, encode(namespace));
                    statement.setLong(2, Millis.of(time));
                    statement.setInt(3, limit);
                }));
    }

    List<EntryRef> invalidate(Collection<String> digests) {
        if (digests.isEmpty()) {
            return List.of();
        }
        return invalidate(
                digests.stream().map(Invalidations::stripe).distinct(),
                PostgresqlStatements.REMOVE_ALL_OF,
                statement -> bind(statement, 1, "text", digests.stream().map(PostgresqlTexts::encode)));
    }

    List<EntryRef> invalidateMatching(EntryFilter filter, int limit) {
        var sql = new FilterSql(filter, Dialect.POSTGRESQL);
        return invalidate(Invalidations.stripes(), PostgresqlStatements.removeMatching(sql), sql.followedBy(limit));
    }

    List<EntryRef> invalidateCustom(CustomSelection selection, int limit) {
        var sql = new CustomSql(selection);
        return invalidate(Invalidations.stripes(), PostgresqlStatements.removeMatching(sql), sql.followedBy(limit));
    }

    /** Counts first: the rows that are then removed include what was stored under the former count. */
    private List<EntryRef> invalidate(Stream<Integer> stripes, String sql, Session.Parameters parameters) {
        List<Integer> counted = stripes.toList();
        return told(connections.write("invalidate entries", session -> {
            session.update(
                    PostgresqlStatements.COUNT_INVALIDATIONS,
                    statement -> bind(statement, 1, "integer", counted.stream()));
            return removed(sql, session, parameters);
        }));
    }

    private static List<EntryRef> removed(String sql, Session session, Session.Parameters parameters)
            throws SQLException {
        return session.all(sql, parameters, row -> PostgresqlTexts.decode(EntryRows.ref(row)));
    }

    private List<EntryRef> told(List<EntryRef> removed) {
        news.tell(removed.stream().map(entry -> encode(entry.digest())).toList());
        return removed;
    }
}
