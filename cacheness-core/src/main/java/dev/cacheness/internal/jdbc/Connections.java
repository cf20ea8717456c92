package dev.cacheness.internal.jdbc;

import java.sql.SQLException;

/**
 * Lends sessions. Both methods throw {@link dev.cacheness.CacheMetadataException} if the database fails, with nothing changed, and throw a session away
 * in which anything failed: statements that failed once are of no use, and a connection that failed may be anywhere in its transaction.
 */
interface Connections extends AutoCloseable {

    /** Reads from the newest committed state. */
    <T> T read(String action, Work<T> work);

    /** Runs the work in a transaction and commits it. */
    <T> T write(String action, Work<T> work);

    /** Waits for the sessions that are lent, and closes all. May be called again. */
    @Override
    void close();

    /** What is done with a session; must not keep it. */
    @FunctionalInterface
    interface Work<T> {

        T with(Session session) throws SQLException;
    }
}
