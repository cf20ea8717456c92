package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.Durability;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session that writes, and as many that read as are needed at once: in WAL mode readers wait for nobody. */
final class SqliteConnections implements Connections {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteConnections.class);

    private static final int READERS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

    /** However many threads want to write: none of them hangs behind another process that keeps the file locked. */
    private static final Duration MAX_WAIT_FOR_WRITER = Duration.ofSeconds(10);

    private static final long UNKNOWN_VERSION = -1;

    /** As long as connections wait by themselves. */
    private static final int USUAL = Integer.MAX_VALUE;

    private final SqliteFile file;

    private final Durability durability;

    /** How long a look-up may take. */
    private final Duration readTimeout;

    private final int readMillis;

    private final Duration maxWait;

    private final ReentrantLock writing = new ReentrantLock();

    private final Semaphore reading = new Semaphore(READERS, true);

    private final ConcurrentLinkedDeque<Session> idleReaders = new ConcurrentLinkedDeque<>();

    /** Guarded by {@link #writing}; null until it is needed (again). */
    private @Nullable Session writer;

    /** Guarded by {@link #writing}; what the writer last saw as the version of the data, which changes when others commit. */
    private long dataVersion = UNKNOWN_VERSION;

    private final AtomicLong changesOfOthers = new AtomicLong(1);

    /** Whether anybody wants to know. */
    private volatile boolean watched;

    /** While the writer is in a transaction that began by looking for changes of others, there can be no new ones. */
    private volatile boolean othersExcluded;

    private volatile boolean closed;

    /** Takes over the file, and opens it when it is first needed. */
    SqliteConnections(SqliteFile file, Durability durability, Duration readTimeout) {
        this(file, durability, readTimeout, MAX_WAIT_FOR_WRITER);
    }

    SqliteConnections(SqliteFile file, Durability durability, Duration readTimeout, Duration maxWait) {
        this.file = file;
        this.durability = durability;
        this.readTimeout = readTimeout;
        this.readMillis = (int) readTimeout.toMillis();
        this.maxWait = maxWait;
    }

    @Override
    public <T> T lookUp(String action, Work<T> work) {
        return readHolding(action, reading.tryAcquire() ? readMillis : millisLeftAfterWaiting(action), work);
    }

    private int millisLeftAfterWaiting(String action) {
        Deadline deadline = Deadline.in(readTimeout);
        if (!Locks.tryAcquire(reading, readTimeout)) {
            throw new CacheMetadataException("Could not " + action + " in the index " + file.path()
                    + ": all " + READERS + " readers were busy for more than " + readMillis
                    + " ms. Look for a slow disk, or for another process that keeps the file locked.");
        }
        return deadline.millisLeft();
    }

    @Override
    public <T> T read(String action, Work<T> work) {
        reading.acquireUninterruptibly();
        return readHolding(action, USUAL, work);
    }

    /** @param maxWaitMillis how long to wait while others keep the file locked as a whole */
    private <T> T readHolding(String action, int maxWaitMillis, Work<T> work) {
        Session session = null;
        boolean done = false;
        try {
            refuseIfClosed(action);
            session = idleReaders.pollFirst();
            if (session == null) {
                session = SqliteSessions.openReader(file.path(), maxWaitMillis);
            }
            session.waitAtMost(maxWaitMillis);
            T result = work.with(session);
            done = true;
            return result;
        } catch (SQLException e) {
            throw SqliteFailures.translate(action, file.path(), e);
        } finally {
            if (done) {
                idleReaders.addFirst(session);
            } else {
                discard(session);
            }
            reading.release();
        }
    }

    @Override
    public <T> T write(String action, Work<T> work) {
        return alone(action, session -> {
            session.run("begin immediate");
            if (watched) {
                lookForChangesOfOthers(session);
                othersExcluded = true;
            }
            T result = work.with(session);
            session.run("commit");
            return result;
        });
    }

    /** Rewrites the file without its gaps, and moves all of the log into it as far as no reader still needs it. */
    void compact() {
        alone("compact", writing -> {
            // By a connection of its own: the driver leaves statements of the other one in progress.
            try (Session session = SqliteSessions.openWriter(file.path(), durability)) {
                session.execute("vacuum");
                session.execute("pragma wal_checkpoint(truncate)");
            }
            return true;
        });
    }

    /** Makes all commits survive a loss of power; does not wait for others that write. */
    void force() {
        if (durability == Durability.POWER) {
            return;
        }
        refuseIfClosed("make changes last");
        try {
            SqliteLog.force(file.path());
        } catch (IOException e) {
            throw new CacheMetadataException(
                    "The log of the index " + file.path() + " could not be made to last: " + e.getMessage()
                            + ". Check the disk.",
                    e);
        }
    }

    /** Runs the work by the session that writes, in no transaction: each statement is one of its own. */
    <T> T alone(String action, Work<T> work) {
        if (!Locks.tryLock(writing, maxWait)) {
            throw new CacheMetadataException("Could not " + action + " in the index " + file.path()
                    + ": other threads were writing for more than " + maxWait.toMillis()
                    + " ms. Look for a slow disk, or for another process that keeps the file locked.");
        }
        boolean done = false;
        try {
            refuseIfClosed(action);
            Session session = writer(null);
            session.waitAsUsual();
            T result = work.with(session);
            done = true;
            return result;
        } catch (SQLException e) {
            throw SqliteFailures.translate(action, file.path(), e);
        } finally {
            othersExcluded = false;
            if (!done) {
                discardWriter();
            }
            writing.unlock();
        }
    }

    /**
     * See {@link dev.cacheness.spi.MetadataBackend#changesOfOthers()}. Waits for nobody, but for another process that keeps the whole file locked; for
     * that no longer than half the time of a look-up, which may follow.
     */
    long changesOfOthers() {
        watched = true;
        if (!writing.tryLock()) {
            // Whoever writes either excludes others or waits for them, and then nobody knows.
            return othersExcluded ? changesOfOthers.get() : changesOfOthers.incrementAndGet();
        }
        boolean done = false;
        try {
            refuseIfClosed("look for changes");
            Deadline deadline = Deadline.in(readTimeout.dividedBy(2));
            Session session = writer(deadline);
            session.waitUntil(deadline);
            lookForChangesOfOthers(session);
            done = true;
            return changesOfOthers.get();
        } catch (SQLException e) {
            throw SqliteFailures.translate("look for changes", file.path(), e);
        } finally {
            if (!done) {
                discardWriter();
            }
            writing.unlock();
        }
    }

    /** By the writer, whose own commits do not count. */
    private void lookForChangesOfOthers(Session session) throws SQLException {
        Long version = session.first("pragma data_version", Session.Parameters.NONE, row -> row.getLong(1));
        if (version == null || version != dataVersion) {
            dataVersion = version == null ? UNKNOWN_VERSION : version;
            changesOfOthers.incrementAndGet();
        }
    }

    /** @param deadline null if the connection's own limit is enough */
    private Session writer(@Nullable Deadline deadline) throws SQLException {
        Session session = writer;
        if (session == null) {
            session = deadline == null
                    ? SqliteSessions.openWriter(file.path(), durability)
                    : SqliteSessions.openWriter(file.path(), durability, deadline.millisLeft());
            writer = session;
        }
        return session;
    }

    private void discardWriter() {
        discard(writer);
        writer = null;
        dataVersion = UNKNOWN_VERSION;
    }

    private void refuseIfClosed(String action) {
        if (closed) {
            throw new CacheMetadataException(
                    "Could not " + action + ": the index " + file.path() + " has been closed.");
        }
    }

    @Override
    public void close() {
        closed = true;
        reading.acquireUninterruptibly(READERS);
        writing.lock();
        try {
            // The writer last: the last connection to close moves the log into the file, which a reader may not.
            for (Session reader : drainReaders()) {
                discard(reader);
            }
            discardWriter();
            file.close();
        } finally {
            writing.unlock();
            reading.release(READERS);
        }
    }

    private ArrayDeque<Session> drainReaders() {
        var readers = new ArrayDeque<Session>();
        for (Session reader = idleReaders.poll(); reader != null; reader = idleReaders.poll()) {
            readers.add(reader);
        }
        return readers;
    }

    private void discard(@Nullable Session session) {
        if (session == null) {
            return;
        }
        try {
            session.close();
        } catch (SQLException e) {
            LOG.warn("A connection to the index {} could not be closed: {}", file.path(), e.getMessage());
        }
    }
}
