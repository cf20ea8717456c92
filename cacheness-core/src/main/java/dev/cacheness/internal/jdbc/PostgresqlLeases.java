package dev.cacheness.internal.jdbc;

import static dev.cacheness.internal.jdbc.PostgresqlTexts.encode;

import dev.cacheness.internal.lease.LeaseSql;
import dev.cacheness.spi.LoadLeases;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Leases in a table of the index, with those who wait woken by signals. */
final class PostgresqlLeases implements LoadLeases {

    /** How long a signal may be late before the table is asked. */
    private static final Duration TRUST = Duration.ofSeconds(1);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

    private static final int CLAIMS_BETWEEN_CLEANINGS = 1_000;

    private static final Duration KEEP_DEAD = Duration.ofHours(1);

    private static final LeaseSql SQL = LeaseSql.postgresql("cacheness_lease");

    /** Taking over counts as an invalidation, in the same statement. */
    private static final String CLAIM = """
            with claimed as (
            %s
            ), counted as (
                update cacheness_invalidation set count = count + 1
                where stripe = ? and exists (select from claimed where takeovers > 0)
            )
            select takeovers from claimed
            """.formatted(SQL.claim());

    /** Whoever lost a lease that is forgotten must not store any more, either. */
    private static final String FORGET = """
            with forgotten as (
            %s
                returning 1
            )
            update cacheness_invalidation set count = count + 1
            where exists (select from forgotten)
            """.formatted(SQL.forget());

    private final PostgresqlConnections connections;

    private final PostgresqlSignals signals;

    private final AtomicInteger claims = new AtomicInteger();

    PostgresqlLeases(PostgresqlConnections connections, PostgresqlSignals signals) {
        this.connections = connections;
        this.signals = signals;
    }

    @Override
    public Optional<String> claim(String digest, Duration length) {
        if (claims.incrementAndGet() % CLAIMS_BETWEEN_CLEANINGS == 0) {
            cleanUp();
        }
        String token = LeaseTokens.next();
        Long takeovers = connections.alone(
                "claim the load of an entry",
                session -> Optional.ofNullable(session.first(
                                CLAIM,
                                statement -> {
                                    statement.setString(1, encode(digest));
                                    statement.setString(2, token);
                                    statement.setLong(3, length.toMillis());
                                    statement.setInt(4, Invalidations.stripe(digest));
                                },
                                row -> row.getLong(1)))
                        .orElse(-1L));
        return takeovers < 0 ? Optional.empty() : Optional.of(token);
    }

    private void cleanUp() {
        connections.alone(
                "forget old leases",
                session -> session.update(FORGET, statement -> statement.setLong(1, KEEP_DEAD.toMillis())));
    }

    @Override
    public boolean renew(String digest, String token, Duration length) {
        return connections.alone(
                "renew the lease of a load",
                session -> session.update(SQL.renew(), statement -> {
                            statement.setLong(1, length.toMillis());
                            statement.setString(2, encode(digest));
                            statement.setString(3, token);
                        })
                        == 1);
    }

    @Override
    public void release(String digest, String token) {
        connections.alone(
                "release the lease of a load",
                session -> session.update(SQL.release(), statement -> {
                    statement.setString(1, encode(digest));
                    statement.setString(2, token);
                }));
    }

    @Override
    public boolean awaitFree(String digest, Duration maxWait) {
        long deadline = System.nanoTime() + maxWait.toNanos();
        while (true) {
            CountDownLatch released = signals.expectRelease(encode(digest));
            try {
                // Asked after the latch is there, so that no release goes unnoticed.
                Duration remaining = remaining(digest);
                if (remaining.isZero()) {
                    return true;
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                Duration patience = signals.isConnected() ? TRUST : POLL_INTERVAL;
                Locks.await(released, min(remaining, min(patience, Duration.ofNanos(left))));
            } finally {
                signals.forget(encode(digest), released);
            }
        }
    }

    private Duration remaining(String digest) {
        long millis = connections.read(
                "look up a lease",
                session -> Optional.ofNullable(session.first(
                                SQL.remaining(),
                                statement -> statement.setString(1, encode(digest)),
                                row -> row.getLong(1)))
                        .orElse(0L));
        return Duration.ofMillis(Math.max(0, millis));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
