package dev.cacheness.sql.store;

import dev.cacheness.sql.range.Interval;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which ranges some process is fetching just now. Leases of a partition never overlap, are told apart by a token that is made for each fetch, and end
 * by the clock of the database. They only spare calls to the source: whoever loses one may go on, for a commit replaces what an older fetch has stored.
 * Has no state; every method works in the session it is given.
 */
public final class LeaseTable {

    private static final int AT_ONCE = 1_000;

    private final Dialect dialect;

    LeaseTable(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * A lease of somebody else.
     *
     * @param partition the number of the partition in the ledger
     */
    public record Lease(long partition, Interval interval, String token) {}

    /** The leases of partitions that have not ended. Until the transaction ends, nobody can claim others for them. */
    public Map<Long, List<Lease>> lock(Session session, Collection<Long> partitions) throws SQLException {
        Map<Long, List<Lease>> live = new HashMap<>();
        List<Long> sorted = partitions.stream().distinct().sorted().toList();
        for (int from = 0; from < sorted.size(); from += AT_ONCE) {
            lock(session, sorted.subList(from, Math.min(sorted.size(), from + AT_ONCE)), live);
        }
        return live;
    }

    private void lock(Session session, List<Long> partitions, Map<Long, List<Lease>> live) throws SQLException {
        String in = " in (" + Ledger.marks(partitions.size()) + ")";
        if (!dialect.forUpdate().isEmpty()) {
            PreparedStatement lock =
                    session.prepare("select id from cn_partition where id" + in + " order by id" + dialect.forUpdate());
            bind(lock, partitions);
            lock.executeQuery().close();
        }
        PreparedStatement ended = session.prepare(
                "delete from cn_lease where partition_id" + in + " and expires_at <= " + dialect.nowMillis());
        bind(ended, partitions);
        ended.executeUpdate();
        PreparedStatement select =
                session.prepare("select partition_id, lo, hi, token from cn_lease where partition_id" + in);
        bind(select, partitions);
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Lease lease = new Lease(row.getLong(1), new Interval(row.getLong(2), row.getLong(3)), row.getString(4));
                live.computeIfAbsent(lease.partition(), id -> new ArrayList<>()).add(lease);
            }
        }
    }

    private static void bind(PreparedStatement statement, List<Long> partitions) throws SQLException {
        for (int i = 0; i < partitions.size(); i++) {
            statement.setLong(i + 1, partitions.get(i));
        }
    }

    /** Enters leases, which must not overlap those that {@link #lock} returned in the same transaction. */
    public void claim(Session session, List<Lease> leases, long millis) throws SQLException {
        PreparedStatement insert = session.prepare("insert into cn_lease (partition_id, lo, hi, token, expires_at)"
                + " values (?, ?, ?, ?, " + dialect.nowMillis() + " + ?)");
        for (Lease lease : leases) {
            insert.setLong(1, lease.partition());
            insert.setLong(2, lease.interval().lo());
            insert.setLong(3, lease.interval().hi());
            insert.setString(4, lease.token());
            insert.setLong(5, millis);
            insert.addBatch();
        }
        if (!leases.isEmpty()) {
            insert.executeBatch();
        }
    }

    /** Lets all leases of a token end later; returns how many there are. */
    public int renew(Session session, String token, long millis) throws SQLException {
        PreparedStatement update =
                session.prepare("update cn_lease set expires_at = " + dialect.nowMillis() + " + ? where token = ?");
        update.setLong(1, millis);
        update.setString(2, token);
        return update.executeUpdate();
    }

    /** Ends all leases of a token; returns how many there were. */
    public int release(Session session, String token) throws SQLException {
        PreparedStatement delete = session.prepare("delete from cn_lease where token = ?");
        delete.setString(1, token);
        return delete.executeUpdate();
    }

    /** Whether a lease has not ended. */
    public boolean lives(Session session, Lease lease) throws SQLException {
        PreparedStatement select = session.prepare("select count(*) from cn_lease where partition_id = ? and lo = ?"
                + " and token = ? and expires_at > " + dialect.nowMillis());
        select.setLong(1, lease.partition());
        select.setLong(2, lease.interval().lo());
        select.setString(3, lease.token());
        try (ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1) > 0;
        }
    }
}
