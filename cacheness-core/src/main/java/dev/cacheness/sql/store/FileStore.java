package dev.cacheness.sql.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store in a file: one writer at a time, any number of readers. */
abstract class FileStore extends SqlStore {

    private static final Logger log = LoggerFactory.getLogger(FileStore.class);

    private final Session writer;

    private final SessionPool readers;

    private final String begin;

    private final ReentrantLock writing;

    private final @Nullable LedgerMirror mirror;

    /**
     * @param writing held while a transaction writes; stores of one file may have it in common
     * @param mirror a copy of the ledger, which stores of one file have in common; null to read it from the file
     */
    FileStore(
            Connection writer,
            SessionPool.Opener readers,
            String begin,
            ReentrantLock writing,
            @Nullable LedgerMirror mirror) {
        this.mirror = mirror;
        this.writing = writing;
        this.writer = new Session(writer, session -> {});
        this.readers = new SessionPool(readers);
        this.begin = begin;
    }

    @Override
    public final Session read() throws SQLException {
        return readers.begin();
    }

    @Override
    public final Session readOrMirror() throws SQLException {
        return mirror == null ? read() : readers.mirrored(mirror);
    }

    @Override
    final <R> R writeOnce(Work<R> work) throws SQLException {
        writing.lock();
        try {
            if (writer.connection().isClosed()) {
                throw new SQLException("The store is closed");
            }
            writer.execute(begin);
            boolean done = false;
            try {
                R result = work.run(writer);
                commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollBack();
                }
            }
        } finally {
            writing.unlock();
        }
    }

    /** Runs a statement that is a transaction of its own. */
    final void maintain(String sql) throws SQLException {
        writing.lock();
        try {
            writer.execute(sql);
        } finally {
            writing.unlock();
        }
    }

    private void commit() throws SQLException {
        Set<Long> touched = writer.takeTouched();
        if (mirror == null) {
            writer.execute("commit");
            return;
        }
        mirror.changing();
        try {
            writer.execute("commit");
        } finally {
            mirror.changed(touched);
        }
    }

    private void rollBack() {
        writer.takeTouched();
        try {
            writer.execute("rollback");
        } catch (SQLException e) {
            // The database may have rolled back by itself; what is then left to say is the error that led here.
            log.debug("Nothing to roll back: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        writing.lock();
        try {
            readers.close();
            writer.disconnect();
        } catch (SQLException e) {
            log.warn("The {} store did not close cleanly", engine(), e);
        } finally {
            writing.unlock();
        }
    }
}
