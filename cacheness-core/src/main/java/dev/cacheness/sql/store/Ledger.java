package dev.cacheness.sql.store;

import dev.cacheness.sql.range.Interval;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Which ranges of which partitions of one cache were asked for and answered. Has no state; every method works in the session it is given. */
public final class Ledger {

    private static final int KEYS_AT_ONCE = 1_000;

    private final Dialect dialect;

    private final String cache;

    Ledger(Dialect dialect, String cache) {
        this.dialect = dialect;
        this.cache = cache;
    }

    /** What is known of the partitions, by their key; a partition that was never asked for is missing. */
    public Map<PartitionId, PartitionState> load(Session session, List<PartitionId> keys, Interval window)
            throws SQLException {
        Map<PartitionId, PartitionState> mirrored = session.fromMirror(cache, keys, window);
        if (mirrored != null) {
            return mirrored;
        }
        session.begin();
        // What goes into the mirror must be whole.
        Interval loaded = session.hasMirror() ? Interval.ALL : window;
        Map<PartitionId, PartitionState> states = new HashMap<>();
        for (int from = 0; from < keys.size(); from += KEYS_AT_ONCE) {
            loadSome(session, keys.subList(from, Math.min(keys.size(), from + KEYS_AT_ONCE)), loaded, states);
        }
        session.toMirror(cache, states);
        return states;
    }

    private void loadSome(
            Session session, List<PartitionId> keys, Interval window, Map<PartitionId, PartitionState> states)
            throws SQLException {
        Map<String, PartitionId> byHash = new HashMap<>();
        keys.forEach(key -> byHash.put(key.hash(), key));
        PreparedStatement select = session.prepare("select p.key_hash, p.id, p.generation, p.revision,"
                + " c.lo, c.hi, c.fetched_at, c.expires_at, c.provisional, c.schema_version, c.attempts"
                + " from cn_partition p left join cn_coverage c on c.partition_id = p.id and c.hi > ? and c.lo < ?"
                + " where p.cache = ? and p.key_hash in (" + marks(keys.size()) + ")"
                + " order by p.key_hash, c.lo");
        select.setLong(1, window.lo());
        select.setLong(2, window.hi());
        select.setString(3, cache);
        for (int i = 0; i < keys.size(); i++) {
            select.setString(4 + i, keys.get(i).hash());
        }
        try (ResultSet row = select.executeQuery()) {
            Map<PartitionId, List<Coverage>> coverage = new HashMap<>();
            while (row.next()) {
                PartitionId key = byHash.get(row.getString(1));
                if (key != null) {
                    List<Coverage> list = coverage.computeIfAbsent(key, k -> new ArrayList<>());
                    readCoverage(row, 5, list);
                    states.put(key, new PartitionState(row.getLong(2), row.getLong(3), row.getString(4), list));
                }
            }
        }
    }

    private static void readCoverage(ResultSet row, int at, List<Coverage> list) throws SQLException {
        long lo = row.getLong(at);
        if (!row.wasNull()) {
            list.add(new Coverage(
                    new Interval(lo, row.getLong(at + 1)),
                    row.getLong(at + 2),
                    row.getLong(at + 3),
                    row.getInt(at + 4) == 1,
                    row.getInt(at + 5),
                    row.getInt(at + 6)));
        }
    }

    /** What is known of the partition, which no other transaction changes until this one ends. Null if it is not in the ledger. */
    public @Nullable PartitionState lock(Session session, PartitionId key, Interval window) throws SQLException {
        if (!dialect.forUpdate().isEmpty()) {
            PreparedStatement lock = session.prepare(
                    "select id from cn_partition where cache = ? and key_hash = ?" + dialect.forUpdate());
            lock.setString(1, cache);
            lock.setString(2, key.hash());
            lock.executeQuery().close();
        }
        return load(session, List.of(key), window).get(key);
    }

    /** All partitions that have rows in common with one, other than itself; no other transaction changes any until this one ends. */
    public Map<PartitionId, PartitionState> lockRelated(Session session, PartitionId key) throws SQLException {
        if (!dialect.forUpdate().isEmpty()) {
            PreparedStatement lock = session.prepare("select cache from cn_meta where cache = ?" + dialect.forUpdate());
            lock.setString(1, cache);
            lock.executeQuery().close();
        }
        Map<PartitionId, PartitionState> related = new HashMap<>();
        if (key.isPattern()) {
            all(session).forEach((text, state) -> related.put(PartitionId.parse(text), state));
            related.keySet().removeIf(other -> other.equals(key) || !other.overlaps(key));
        } else {
            related.putAll(load(session, key.patterns(), Interval.ALL));
        }
        return related;
    }

    /** Enters the partitions that are not there yet. Returns what is then known of all of them. */
    public Map<PartitionId, PartitionState> create(Session session, List<PartitionId> keys, Interval window, long now)
            throws SQLException {
        Map<PartitionId, PartitionState> states = new HashMap<>(load(session, keys, window));
        PreparedStatement insert = session.prepare("insert into cn_partition"
                + " (id, cache, key_hash, key_text, generation, revision, row_count, created_at, used_at)"
                + " values (?, ?, ?, ?, 0, null, 0, ?, ?)" + (dialect.hasKeys() ? " on conflict do nothing" : ""));
        boolean isElsewhere = false;
        for (PartitionId key : keys) {
            if (!states.containsKey(key)) {
                long id = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
                insert.setLong(1, id);
                insert.setString(2, cache);
                insert.setString(3, key.hash());
                insert.setString(4, key.toString());
                insert.setLong(5, now);
                insert.setLong(6, now);
                isElsewhere |= insert.executeUpdate() == 0;
                states.put(key, new PartitionState(id, 0, null, List.of()));
            }
        }
        return isElsewhere ? load(session, keys, window) : states;
    }

    /** Replaces all entries that overlap the window. The new ones must hold what the old ones have outside of it. */
    public void replace(Session session, long partition, Interval window, List<Coverage> coverage) throws SQLException {
        session.touch(partition);
        delete(session, partition, window);
        add(session, partition, coverage);
    }

    private static void delete(Session session, long partition, Interval window) throws SQLException {
        PreparedStatement delete =
                session.prepare("delete from cn_coverage where partition_id = ? and hi > ? and lo < ?");
        delete.setLong(1, partition);
        delete.setLong(2, window.lo());
        delete.setLong(3, window.hi());
        delete.executeUpdate();
    }

    /** Enters entries where there are none. */
    public void add(Session session, long partition, List<Coverage> coverage) throws SQLException {
        session.touch(partition);
        PreparedStatement insert = session.prepare("insert into cn_coverage (partition_id, lo, hi, fetched_at,"
                + " expires_at, provisional, schema_version, attempts) values (?, ?, ?, ?, ?, ?, ?, ?)");
        for (Coverage entry : coverage) {
            insert.setLong(1, partition);
            insert.setLong(2, entry.interval().lo());
            insert.setLong(3, entry.interval().hi());
            insert.setLong(4, entry.fetchedAt());
            insert.setLong(5, entry.expiresAt());
            insert.setInt(6, entry.provisional() ? 1 : 0);
            insert.setInt(7, entry.schema());
            insert.setInt(8, entry.attempts());
            insert.executeUpdate();
        }
    }

    /** Notes a commit: rows that came and went, the revision, and the time. */
    public void committed(Session session, long partition, long rows, @Nullable String revision, long now)
            throws SQLException {
        session.touch(partition);
        PreparedStatement update = session.prepare("update cn_partition set row_count = row_count + ?,"
                + " revision = coalesce(?, revision), used_at = ? where id = ? and cache = ?");
        update.setLong(1, rows);
        if (revision == null) {
            update.setNull(2, Types.VARCHAR);
        } else {
            update.setString(2, revision);
        }
        update.setLong(3, now);
        update.setLong(4, partition);
        update.setString(5, cache);
        update.executeUpdate();
    }

    /** Makes every fetch that is under way for the partition worthless. */
    public void invalidated(Session session, long partition) throws SQLException {
        session.touch(partition);
        PreparedStatement update =
                session.prepare("update cn_partition set generation = generation + 1 where id = ? and cache = ?");
        update.setLong(1, partition);
        update.setString(2, cache);
        update.executeUpdate();
    }

    /** Notes when partitions were last read. */
    public void used(Session session, Map<PartitionId, Long> times) throws SQLException {
        PreparedStatement update =
                session.prepare("update cn_partition set used_at = ? where cache = ? and key_hash = ? and used_at < ?");
        for (Map.Entry<PartitionId, Long> entry : times.entrySet()) {
            update.setLong(1, entry.getValue());
            update.setString(2, cache);
            update.setString(3, entry.getKey().hash());
            update.setLong(4, entry.getValue());
            update.executeUpdate();
        }
    }

    /** All partitions of the cache by the text of their key, the one that was not used for the longest time first. */
    public Map<String, PartitionState> all(Session session) throws SQLException {
        PreparedStatement select = session.prepare("select p.key_text, p.id, p.generation, p.revision,"
                + " c.lo, c.hi, c.fetched_at, c.expires_at, c.provisional, c.schema_version, c.attempts"
                + " from cn_partition p left join cn_coverage c on c.partition_id = p.id"
                + " where p.cache = ? order by p.used_at, p.id, c.lo");
        select.setString(1, cache);
        Map<String, PartitionState> all = new LinkedHashMap<>();
        try (ResultSet row = select.executeQuery()) {
            Map<String, List<Coverage>> coverage = new HashMap<>();
            while (row.next()) {
                String text = row.getString(1);
                List<Coverage> list = coverage.computeIfAbsent(text, k -> new ArrayList<>());
                readCoverage(row, 5, list);
                all.put(text, new PartitionState(row.getLong(2), row.getLong(3), row.getString(4), list));
            }
        }
        return all;
    }

    /** How many rows the partitions hold, by the text of their key, the one that was not used for the longest time first. */
    public Map<String, Long> rowsByAge(Session session) throws SQLException {
        PreparedStatement select =
                session.prepare("select key_text, row_count from cn_partition where cache = ? order by used_at, id");
        select.setString(1, cache);
        Map<String, Long> rows = new LinkedHashMap<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.put(row.getString(1), row.getLong(2));
            }
        }
        return rows;
    }

    /** Lets everything that a partition covers expire, because its source says that it has changed. */
    public void expire(Session session, long partition, long now) throws SQLException {
        session.touch(partition);
        PreparedStatement update =
                session.prepare("update cn_coverage set expires_at = ? where partition_id = ? and expires_at > ?");
        update.setLong(1, now);
        update.setLong(2, partition);
        update.setLong(3, now);
        update.executeUpdate();
    }

    /** Forgets a partition and what it covers. Its rows are for the caller to delete. */
    public void remove(Session session, long partition) throws SQLException {
        session.touch(partition);
        PreparedStatement coverage = session.prepare("delete from cn_coverage where partition_id = ?");
        coverage.setLong(1, partition);
        coverage.executeUpdate();
        PreparedStatement row = session.prepare("delete from cn_partition where id = ? and cache = ?");
        row.setLong(1, partition);
        row.setString(2, cache);
        row.executeUpdate();
    }

    /** Forgets everything. A fetch that is under way finds its partition gone. */
    public void clear(Session session) throws SQLException {
        session.touchAll();
        PreparedStatement coverage = session.prepare(
                "delete from cn_coverage where partition_id in (select id from cn_partition where cache = ?)");
        coverage.setString(1, cache);
        coverage.executeUpdate();
        PreparedStatement rows = session.prepare("delete from cn_partition where cache = ?");
        rows.setString(1, cache);
        rows.executeUpdate();
    }

    static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}
