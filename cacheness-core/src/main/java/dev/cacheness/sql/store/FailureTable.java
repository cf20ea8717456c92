package dev.cacheness.sql.store;

import dev.cacheness.sql.range.Interval;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Which fetches of some process have failed lately, so that others need not find out themselves. Ends by the clock of the database. Has no state; every
 * method works in the session it is given.
 */
public final class FailureTable {

    private static final int MAX_MESSAGE = 1_000;

    private final Dialect dialect;

    FailureTable(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * A range that the source did not answer for.
     *
     * @param partition the number of the partition in the ledger
     * @param owner who asked
     */
    public record Failure(long partition, Interval interval, String owner, String message) {

        public Failure {
            message = message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message;
        }
    }

    /** Enters failures that nobody is to repeat for so long, and removes those that have ended. */
    public void note(Session session, List<Failure> failures, long millis) throws SQLException {
        session.prepare("delete from cn_failure where known_until <= " + dialect.nowMillis())
                .executeUpdate();
        PreparedStatement insert =
                session.prepare("insert into cn_failure (partition_id, lo, hi, owner, message, known_until)"
                        + " values (?, ?, ?, ?, ?, " + dialect.nowMillis() + " + ?)");
        for (Failure failure : failures) {
            insert.setLong(1, failure.partition());
            insert.setLong(2, failure.interval().lo());
            insert.setLong(3, failure.interval().hi());
            insert.setString(4, failure.owner());
            insert.setString(5, failure.message());
            insert.setLong(6, millis);
            insert.executeUpdate();
        }
    }

    /** What others have failed to fetch, of one of the partitions. What one has failed to fetch oneself, one knows. */
    public List<Failure> ofOthers(Session session, Collection<Long> partitions, String owner) throws SQLException {
        List<Failure> failures = new ArrayList<>();
        PreparedStatement select = session.prepare("select partition_id, lo, hi, owner, message from cn_failure"
                + " where owner <> ? and known_until > " + dialect.nowMillis());
        select.setString(1, owner);
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                if (partitions.contains(row.getLong(1))) {
                    failures.add(read(row));
                }
            }
        }
        return failures;
    }

    private static Failure read(ResultSet row) throws SQLException {
        return new Failure(
                row.getLong(1), new Interval(row.getLong(2), row.getLong(3)), row.getString(4), row.getString(5));
    }

    /** Lets a partition be asked for again. */
    public void forget(Session session, long partition) throws SQLException {
        PreparedStatement delete = session.prepare("delete from cn_failure where partition_id = ?");
        delete.setLong(1, partition);
        delete.executeUpdate();
    }
}
