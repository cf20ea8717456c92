package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheMetadataException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other nodes which rows were replaced or removed, after that was committed and before it is acknowledged.
 *
 * <p>In a transaction of its own, which writes nothing: the server lets only one transaction that notifies commit at a time, and one that writes keeps the
 * others waiting while it waits for the disk. Those who have something to tell at the same time do so together. Where nobody else listens, nothing is sent.
 */
final class PostgresqlNews {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresqlNews.class);

    /** As many as a message of 8000 bytes has room for, with some to spare. */
    private static final int DIGESTS_IN_A_MESSAGE = 200;

    /** Beyond that, it is quicker to forget everything. */
    private static final int MAX_DIGESTS = 1_000;

    private static final int MAX_MESSAGE = 7_900;

    private static final String ANYTHING = "a";

    private static final String TELL = "select pg_notify(cacheness_channel(), ?)";

    private final PostgresqlConnections connections;

    private final PostgresqlSignals signals;

    private final PostgresqlAudience audience;

    private final ReentrantLock sending = new ReentrantLock();

    private final Object collecting = new Object();

    /** Guarded by {@link #collecting}. */
    private Edition next = new Edition();

    PostgresqlNews(PostgresqlConnections connections, PostgresqlSignals signals) {
        this.connections = connections;
        this.signals = signals;
        this.audience = new PostgresqlAudience(connections, signals::process);
    }

    /** @param digests as the database has them */
    void tell(Collection<String> digests) {
        if (digests.isEmpty()) {
            return;
        }
        if (!audience.isThere()) {
            signals.changedHere(digests);
            return;
        }
        Edition mine;
        synchronized (collecting) {
            mine = next;
            mine.digests.addAll(digests);
        }
        sending.lock();
        try {
            // Whoever had the lock before may have sent for this caller, too.
            if (!mine.sent) {
                synchronized (collecting) {
                    next = new Edition();
                }
                mine.sent = true;
                send(mine.digests);
            }
        } finally {
            sending.unlock();
        }
    }

    /** What was changed stays changed, so a failure is not the caller's. */
    private void send(List<String> digests) {
        List<String> messages = messages(digests);
        try {
            connections.read("tell others what has changed", session -> {
                for (String message : messages) {
                    session.first(TELL, statement -> statement.setString(1, message), row -> true);
                }
                return true;
            });
        } catch (CacheMetadataException e) {
            LOG.warn(
                    "Other nodes could not be told that {} rows have changed; what they keep on their heaps may be outdated until its time is up",
                    digests.size(),
                    e);
        }
    }

    private static List<String> messages(List<String> digests) {
        if (digests.size() > MAX_DIGESTS) {
            return List.of(ANYTHING);
        }
        var messages = new ArrayList<String>();
        for (int from = 0; from < digests.size(); from += DIGESTS_IN_A_MESSAGE) {
            String message = "d"
                    + String.join(",", digests.subList(from, Math.min(digests.size(), from + DIGESTS_IN_A_MESSAGE)));
            if (message.length() > MAX_MESSAGE) {
                return List.of(ANYTHING);
            }
            messages.add(message);
        }
        return messages;
    }

    /** What is told together. */
    private static final class Edition {

        /** Guarded by {@link #collecting} until it is taken. */
        private final List<String> digests = new ArrayList<>();

        /** Guarded by {@link #sending}. */
        private boolean sent;
    }
}
