package dev.cacheness.internal.jdbc;

import java.sql.SQLException;

/**
 * Lends sessions. All methods throw {@link dev.cacheness.CacheMetadataException} if the database fails, with nothing changed, and throw a session away
 * in which anything failed: statements that failed once are of no use, and a connection that failed may be anywhere in its transaction.
 */
interface Connections extends AutoCloseable {

    /** As {@link #read}, by one statement that finds its rows at once, and within the time that a reader waits. */
    <T> T lookUp(String action, Work<T> work);

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
