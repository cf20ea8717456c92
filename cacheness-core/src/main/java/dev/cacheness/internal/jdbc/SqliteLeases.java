package dev.cacheness.internal.jdbc;

import dev.cacheness.internal.lease.LeaseSql;
import dev.cacheness.spi.LoadLeases;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Leases in a table of the index, for the processes of one host. Those who wait ask every few milliseconds, which takes some microseconds. */
final class SqliteLeases implements LoadLeases {

    private static final Duration QUICK_POLL_INTERVAL = Duration.ofMillis(4);

    private static final Duration SLOW_POLL_INTERVAL = Duration.ofMillis(15);

    /** Most loads take less. */
    private static final Duration QUICK_TIME = Duration.ofSeconds(2);

    private static final int CLAIMS_BETWEEN_CLEANINGS = 1_000;

    private static final Duration KEEP_DEAD = Duration.ofHours(1);

    private static final LeaseSql SQL = LeaseSql.sqlite("cacheness_lease");

    private final SqliteConnections connections;

    private final AtomicInteger claims = new AtomicInteger();

    SqliteLeases(SqliteConnections connections) {
        this.connections = connections;
    }

    @Override
    public Optional<String> claim(String digest, Duration length) {
        if (claims.incrementAndGet() % CLAIMS_BETWEEN_CLEANINGS == 0) {
            cleanUp();
        }
        String token = LeaseTokens.next();
        boolean claimed = connections.write("claim the load of an entry", session -> {
            Long takeovers = claim(digest, token, length, session);
            if (takeovers != null && takeovers > 0) {
                Invalidations.count(digest, session);
            }
            return takeovers != null;
        });
        return claimed ? Optional.of(token) : Optional.empty();
    }

    private static @Nullable Long claim(String digest, String token, Duration length, Session session)
            throws java.sql.SQLException {
        return session.first(
                SQL.claim(),
                statement -> {
                    statement.setString(1, digest);
                    statement.setString(2, token);
                    statement.setLong(3, length.toMillis());
                },
                row -> row.getLong(1));
    }

    /** Whoever lost a lease that is forgotten must not store any more, either. */
    private void cleanUp() {
        connections.write("forget old leases", session -> {
            int forgotten = session.update(SQL.forget(), statement -> statement.setLong(1, KEEP_DEAD.toMillis()));
            if (forgotten > 0) {
                Invalidations.countAll(session);
            }
            return forgotten;
        });
    }

    @Override
    public boolean renew(String digest, String token, Duration length) {
        return connections.write(
                "renew the lease of a load",
                session -> session.update(SQL.renew(), statement -> {
                            statement.setLong(1, length.toMillis());
                            statement.setString(2, digest);
                            statement.setString(3, token);
                        })
                        == 1);
    }

    @Override
    public void release(String digest, String token) {
        connections.write(
                "release the lease of a load",
                session -> session.update(SQL.release(), statement -> {
                    statement.setString(1, digest);
                    statement.setString(2, token);
                }));
    }

    @Override
    public boolean awaitFree(String digest, Duration maxWait) {
        long start = System.nanoTime();
        boolean interrupted = false;
        try {
            while (!isFree(digest)) {
                long waited = System.nanoTime() - start;
                if (waited >= maxWait.toNanos()) {
                    return false;
                }
                Duration pause = waited < QUICK_TIME.toNanos() ? QUICK_POLL_INTERVAL : SLOW_POLL_INTERVAL;
                LockSupport.parkNanos(Math.min(pause.toNanos(), maxWait.toNanos() - waited));
                // A thread that stays interrupted would not park.
                interrupted |= Thread.interrupted();
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isFree(String digest) {
        return connections.read("look up a lease", session -> {
            Long remaining =
                    session.first(SQL.remaining(), statement -> statement.setString(1, digest), row -> row.getLong(1));
            return Objects.requireNonNullElse(remaining, 0L) <= 0;
        });
    }
}
