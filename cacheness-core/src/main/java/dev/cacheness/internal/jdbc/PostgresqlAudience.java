package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheMetadataException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.IntSupplier;

/**
 * Whether any other node wants to hear of changes. To tell costs a round trip to the server for each change, and often there is no such node.
 *
 * <p>Whoever listens holds a lock of the server for as long as its connection lasts, and relies on what it hears only {@link #PATIENCE} after it got the lock.
 * An answer is good for the shorter {@link #GOOD_FOR}, counted from before the question until after the change was committed: so whoever came too late to
 * be in the answer reads that change in the table, and needs no news of it.
 */
final class PostgresqlAudience {

    static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration GOOD_FOR = Duration.ofMillis(500);

    /** Locks are of the whole database, so the second number is that of the schema. */
    private static final String ATTEND = """
            select pg_backend_pid(), pg_advisory_lock_shared(1130588271, relnamespace::integer)
            from pg_class where oid = 'cacheness_entry'::regclass
            """;

    private static final String LEAVE = """
            select pg_advisory_unlock_shared(1130588271, relnamespace::integer)
            from pg_class where oid = 'cacheness_entry'::regclass
            """;

    private static final String ASK = """
            select exists (
                select from pg_locks
                where locktype = 'advisory' and classid = 1130588271 and objsubid = 2 and granted and pid <> ?
                    and objid = (select relnamespace from pg_class where oid = 'cacheness_entry'::regclass)
                    and database = (select oid from pg_database where datname = current_database()))
            """;

    private final PostgresqlConnections connections;

    private final IntSupplier self;

    private volatile Answer last;

    /** @param self the process of the server that listens for this node, 0 if there is none */
    PostgresqlAudience(PostgresqlConnections connections, IntSupplier self) {
        this.connections = connections;
        this.self = self;
        this.last = new Answer(true, System.nanoTime() - GOOD_FOR.toNanos());
    }

    /** The process of the server that listens by this session from now on. */
    static int attend(Session session) throws SQLException {
        return Objects.requireNonNull(session.first(ATTEND, Session.Parameters.NONE, row -> row.getInt(1)));
    }

    static void leave(Session session) throws SQLException {
        session.first(LEAVE, Session.Parameters.NONE, row -> row.getBoolean(1));
    }

    /** To be asked after a change was committed. If nobody knows, there is an audience. */
    boolean isThere() {
        Answer answer = last;
        if (System.nanoTime() - answer.askedAt() >= GOOD_FOR.toNanos()) {
            answer = ask();
            last = answer;
        }
        return answer.others();
    }

    private Answer ask() {
        long askedAt = System.nanoTime();
        try {
            boolean others = connections.read(
                    "find out who listens",
                    session -> Objects.requireNonNull(session.first(
                            ASK, statement -> statement.setInt(1, self.getAsInt()), row -> row.getBoolean(1))));
            return new Answer(others, askedAt);
        } catch (CacheMetadataException e) {
            // Then telling will fail, too, and say so.
            return new Answer(true, askedAt);
        }
    }

    private record Answer(boolean others, long askedAt) {}
}
