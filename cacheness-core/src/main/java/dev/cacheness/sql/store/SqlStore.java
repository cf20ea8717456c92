package dev.cacheness.sql.store;

import java.sql.SQLException;

/** A database that holds cached rows and their ledger. Safe for use by several threads. */
public abstract class SqlStore implements AutoCloseable {

    private static final int MAX_TRIES = 4;

    /** What happens in one transaction. */
    @FunctionalInterface
    public interface Work<R> {
        R run(Session session) throws SQLException;
    }

    /** {@code sqlite}, {@code duckdb} or {@code postgresql}. */
    public abstract String engine();

    /** A transaction that reads one state of the database, and is closed by the caller. */
    public abstract Session read() throws SQLException;

    /**
     * As {@link #read()}, but the ledger may come from a copy in memory. After the last row was read, {@link Session#isConsistent()} says whether all fits
     * together; if not, it is to be read again by {@link #read()}.
     */
    public Session readOrMirror() throws SQLException {
        return read();
    }

    /** Runs the work in a transaction that is committed if it returns, and rolled back if it throws. */
    abstract <R> R writeOnce(Work<R> work) throws SQLException;

    abstract Dialect dialect();

    /** Brings the rows of a table together and gives back space. Others may go on reading. */
    public abstract void compact(DataTable table) throws SQLException;

    @Override
    public abstract void close();

    /** Runs the work in a transaction; again, if another one was in its way. The work must not have other effects. */
    public final <R> R write(Work<R> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return writeOnce(work);
            } catch (SQLException e) {
                if (attempt == MAX_TRIES || !dialect().isConflict(e)) {
                    throw e;
                }
            }
        }
    }

    /** Reads in a transaction of its own. */
    public final <R> R readOnce(Work<R> work) throws SQLException {
        try (Session session = read()) {
            return work.run(session);
        }
    }

    /** The ledger of one cache in this database. */
    public final Ledger ledger(String cache) {
        return new Ledger(dialect(), cache);
    }

    /** What processes that share this database are fetching. */
    public final LeaseTable leases() {
        return new LeaseTable(dialect());
    }

    /** What processes that share this database have failed to fetch. */
    public final FailureTable failures() {
        return new FailureTable(dialect());
    }

    /** The table of one cache in this database. */
    public final DataTable table(TableLayout layout) {
        return new DataTable(dialect(), layout);
    }
}
