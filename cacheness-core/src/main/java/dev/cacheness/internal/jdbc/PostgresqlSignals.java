package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.spi.ChangeFeed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what other nodes and the triggers of the tables say, on one connection that is kept for that as soon as somebody wants to know. A connection that is lost is
 * replaced; until then nobody may rely on having heard everything.
 *
 * <p>A connection that breaks is noticed at once. One that falls silent, as when a cable is cut, is noticed by a question that gets no answer: after
 * {@link #HEARTBEAT} and {@link #ANSWER}.
 */
final class PostgresqlSignals implements ChangeFeed, AutoCloseable {

    static final Duration HEARTBEAT = Duration.ofSeconds(1);

    static final Duration ANSWER = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(PostgresqlSignals.class);

    /** How often the thread looks whether it shall end. What is heard is heard at once. */
    private static final Duration SLICE = Duration.ofMillis(100);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final PostgresqlConnections.Sessions sessions;

    private final String place;

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private final Map<String, Set<CountDownLatch>> waiting = new ConcurrentHashMap<>();

    private final AtomicLong losses = new AtomicLong(1);

    private final CountDownLatch end = new CountDownLatch(1);

    /** Whether anybody wants to know of changes, and not only of leases. */
    private volatile boolean wanted;

    private volatile boolean hearing;

    /** Whether all changes are heard: those that make them know that they have to tell. */
    private volatile boolean complete;

    /** The process of the server at the other end while changes are listened to, 0 otherwise. */
    private volatile int process;

    private volatile @Nullable Thread thread;

    PostgresqlSignals(PostgresqlConnections.Sessions sessions, String place) {
        this.sessions = sessions;
        this.place = place;
    }

    @Override
    public void subscribe(Listener listener) {
        listeners.add(listener);
        wanted = true;
        start();
    }

    /** A number that stays the same only while nothing can have been missed. */
    long losses() {
        wanted = true;
        start();
        return complete ? losses.get() : losses.incrementAndGet();
    }

    /** Whether the release of a lease would be heard. */
    boolean isConnected() {
        return hearing;
    }

    int process() {
        return process;
    }

    /** What this node has changed, if nobody sends it the news of that. */
    void changedHere(Collection<String> digests) {
        tell(digests.stream().map(PostgresqlTexts::decode).toList());
    }

    /** A latch that opens soon after the lease of that name was released. To be given back by {@link #forget}. */
    CountDownLatch expectRelease(String name) {
        start();
        var latch = new CountDownLatch(1);
        waiting.compute(name, (key, latches) -> {
            Set<CountDownLatch> all = latches == null ? ConcurrentHashMap.newKeySet() : latches;
            all.add(latch);
            return all;
        });
        return latch;
    }

    void forget(String name, CountDownLatch latch) {
        waiting.computeIfPresent(name, (key, latches) -> {
            latches.remove(latch);
            return latches.isEmpty() ? null : latches;
        });
    }

    private void start() {
        if (thread == null) {
            synchronized (end) {
                if (thread == null) {
                    var started = new Thread(this::run, "cacheness-signals");
                    started.setDaemon(true);
                    started.start();
                    thread = started;
                }
            }
        }
    }

    private boolean isClosed() {
        return end.getCount() == 0;
    }

    private void run() {
        boolean warned = false;
        while (!isClosed()) {
            try {
                listen();
                warned = false;
            } catch (SQLException | CacheMetadataException e) {
                // Failing again and again is one event.
                if (!warned && !isClosed()) {
                    LOG.warn(
                            "Changes that others make to the index on PostgreSQL ({}) cannot be heard: {}. Until they can, nothing is kept on the heap, and "
                                    + "loads of others are asked for every few milliseconds",
                            place,
                            e.getMessage());
                    warned = true;
                }
            } finally {
                hearing = false;
                complete = false;
                process = 0;
                losses.incrementAndGet();
            }
            Locks.await(end, PAUSE);
        }
    }

    private void listen() throws SQLException {
        try (Session session = sessions.dedicated()) {
            Connection connection = session.connection();
            connection.setNetworkTimeout(Runnable::run, (int) ANSWER.toMillis());
            session.execute("listen \"" + channel(session) + "\"");
            hearing = true;
            LOG.debug("Listening to changes of others in the index on PostgreSQL ({})", place);
            hear(session);
            if (process != 0) {
                PostgresqlAudience.leave(session);
            }
            session.execute("unlisten *");
        }
    }

    private static String channel(Session session) throws SQLException {
        return Objects.requireNonNull(
                session.first("select cacheness_channel()", Session.Parameters.NONE, row -> row.getString(1)));
    }

    private void hear(Session session) throws SQLException {
        long heardAt = System.nanoTime();
        long attendingSince = heardAt;
        while (!isClosed()) {
            if (wanted && process == 0) {
                process = PostgresqlAudience.attend(session);
                attendingSince = System.nanoTime();
            }
            if (process != 0
                    && !complete
                    && System.nanoTime() - attendingSince > PostgresqlAudience.PATIENCE.toNanos()) {
                // From here on nothing is missed, so what was kept before is dropped now.
                losses.incrementAndGet();
                complete = true;
            }
            List<String> messages = PostgresqlDriver.notifications(session.connection(), SLICE);
            messages.forEach(this::dispatch);
            if (!messages.isEmpty()) {
                heardAt = System.nanoTime();
            } else if (System.nanoTime() - heardAt > HEARTBEAT.toNanos()) {
                session.execute("select 1");
                heardAt = System.nanoTime();
            }
        }
    }

    private void dispatch(String message) {
        switch (message.isEmpty() ? ' ' : message.charAt(0)) {
            case 'd' ->
                tell(List.of(PostgresqlTexts.decode(message.substring(1)).split(",", -1)));
            case 'a' -> listeners.forEach(Listener::anythingChanged);
            case 'l' ->
                waiting.getOrDefault(PostgresqlTexts.decode(message.substring(1)), Set.of())
                        .forEach(CountDownLatch::countDown);
            default -> LOG.debug("Not understood on the channel of {}: {}", place, message);
        }
    }

    private void tell(List<String> digests) {
        listeners.forEach(listener -> listener.changed(digests));
    }

    @Override
    public void close() {
        end.countDown();
        Thread listening = thread;
        if (listening != null) {
            Locks.join(listening, ANSWER.plus(SLICE));
        }
    }
}
