package dev.cacheness.internal.jdbc;

import dev.cacheness.spi.CustomSelection;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Takes rows out of a SQLite file. */
final class SqliteRemovals {

    /** In KiB. It is taken as far as it is needed, and given back afterwards. */
    private static final String MUCH_ROOM = "pragma cache_size = -32000";

    private static final String USUAL_ROOM = "pragma cache_size = -2000";

    private final SqliteConnections connections;

    SqliteRemovals(SqliteConnections connections) {
        this.connections = connections;
    }

    List<EntryRef> remove(Collection<EntryRef> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        return connections.write("remove entries", session -> {
            var removed = new ArrayList<EntryRef>();
            for (EntryRef entry : entries) {
                removed.addAll(removed(EntryStatements.REMOVE_GENERATION, session, statement -> {
                    statement.setString(1, entry.digest());
                    statement.setString(2, entry.generation());
                }));
            }
            return removed;
        });
    }

    List<EntryRef> removeExpired(Instant now, int limit) {
        if (limit == 0) {
            return List.of();
        }
        return connections.alone("remove expired entries", session -> {
            Place last = session.first(
                    SqliteStatements.EXPIRED_AT_PLACE,
                    statement -> {
                        statement.setLong(1, Millis.of(now));
                        statement.setInt(2, limit - 1);
                    },
                    row -> new Place(row.getLong(1), row.getLong(2)));
            Place end = last == null ? new Place(Millis.of(now), Long.MAX_VALUE) : last;
            return removedWithRoom(SqliteStatements.REMOVE_EXPIRED, session, statement -> {
                statement.setLong(1, end.expiresAt());
                statement.setLong(2, end.rowid());
            });
        });
    }

    List<EntryRef> removeExpired(String namespace, Instant now, int limit) {
        return remove(SqliteStatements.REMOVE_EXPIRED_OF_NAMESPACE, namespace, now, limit);
    }

    List<EntryRef> removeIdle(String namespace, Instant accessedAt, int limit) {
        return remove(SqliteStatements.REMOVE_IDLE_OF_NAMESPACE, namespace, accessedAt, limit);
    }

    private List<EntryRef> remove(String sql, String namespace, Instant time, int limit) {
        return connections.alone(
                "remove expired entries",
                session -> removedWithRoom(sql, session, statement -> {
                    statement.setString(1, namespace);
                    statement.setLong(2, Millis.of(time));
                    statement.setInt(3, limit);
                }));
    }

    /**
     * For very many rows, on all pages of the file. One statement outside of a transaction keeps no copies of the pages, to undo it alone; and with room for
     * all of them it writes each page once.
     */
    private static List<EntryRef> removedWithRoom(String sql, Session session, Session.Parameters parameters)
            throws SQLException {
        session.run(MUCH_ROOM);
        List<EntryRef> removed = removed(sql, session, parameters);
        session.run(USUAL_ROOM);
        return removed;
    }

    List<EntryRef> invalidate(Collection<String> digests) {
        if (digests.isEmpty()) {
            return List.of();
        }
        return connections.write("invalidate entries", session -> {
            var removed = new ArrayList<EntryRef>();
            for (String digest : digests) {
                Invalidations.count(digest, session);
                removed.addAll(removed(EntryStatements.REMOVE, session, statement -> statement.setString(1, digest)));
            }
            return removed;
        });
    }

    List<EntryRef> invalidateMatching(EntryFilter filter, int limit) {
        var sql = new FilterSql(filter, Dialect.SQLITE);
        return invalidateAll(EntryStatements.removeMatching(sql), sql.followedBy(limit));
    }

    List<EntryRef> invalidateCustom(CustomSelection selection, int limit) {
        var sql = new CustomSql(selection);
        return invalidateAll(EntryStatements.removeDigestsIn(sql.digests() + "limit ?"), sql.followedBy(limit));
    }

    private List<EntryRef> invalidateAll(String sql, Session.Parameters parameters) {
        return connections.write("invalidate entries", session -> {
            Invalidations.countAll(session);
            return removed(sql, session, parameters);
        });
    }

    private static List<EntryRef> removed(String sql, Session session, Session.Parameters parameters)
            throws SQLException {
        return session.all(sql, parameters, EntryRows::ref);
    }

    /** A place in the index of expiries. */
    private record Place(long expiresAt, long rowid) {}
}
