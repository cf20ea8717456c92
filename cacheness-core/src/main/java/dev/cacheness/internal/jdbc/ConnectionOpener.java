package dev.cacheness.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets connections on threads of its own, so that nobody waits longer than he can: a driver or a pool has limits of its own, which may be much longer. A
 * connection that comes too late is closed. Thread-safe.
 */
final class ConnectionOpener {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionOpener.class);

    /** More than that many do not wait for connections that do not come. */
    private static final int THREADS = 32;

    private static final long IDLE_SECONDS = 10;

    private static final String UNABLE_TO_CONNECT = "08001";

    private final DataSource dataSource;

    private final ThreadPoolExecutor threads;

    ConnectionOpener(DataSource dataSource) {
        this.dataSource = dataSource;
        this.threads =
                new ThreadPoolExecutor(0, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    var thread = new Thread(task, "cacheness-connect");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** @throws SQLException also if the time is up */
    Connection open(Duration maxWait) throws SQLException {
        var opening = new Opening();
        try {
            threads.execute(opening);
        } catch (RejectedExecutionException e) {
            throw new SQLException(
                    THREADS + " others are waiting for connections that do not come", UNABLE_TO_CONNECT, e);
        }
        return opening.await(maxWait);
    }

    private final class Opening implements Runnable {

        private final CountDownLatch done = new CountDownLatch(1);

        private @Nullable Connection connection;

        private @Nullable Exception failure;

        private boolean abandoned;

        @Override
        public void run() {
            try {
                arrived(dataSource.getConnection());
            } catch (SQLException | RuntimeException e) {
                failure = e;
            } finally {
                done.countDown();
            }
        }

        private synchronized void arrived(Connection opened) throws SQLException {
            if (abandoned) {
                LOG.debug("A connection came too late");
                opened.close();
            } else {
                connection = opened;
            }
        }

        Connection await(Duration maxWait) throws SQLException {
            boolean ended = Locks.await(done, maxWait);
            Connection opened = ended ? connection : taken();
            if (opened != null) {
                return opened;
            }
            if (failure instanceof SQLException e) {
                throw e;
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            throw new SQLException("No connection came within " + maxWait.toMillis() + " ms", UNABLE_TO_CONNECT);
        }

        /** Perhaps it has come at the last moment. */
        private synchronized @Nullable Connection taken() {
            abandoned = connection == null;
            return connection;
        }
    }
}
