package dev.cacheness.sql.store;

import dev.cacheness.sql.range.Interval;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection in a transaction, and the statements prepared on it. For one thread at a time; closing it ends the transaction. */
public final class Session implements AutoCloseable {

    private static final int MAX_STATEMENTS = 64;

    private final Connection connection;

    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);

    private final Ending ending;

    /** Partitions that the transaction has changed the ledger of. */
    private final Set<Long> touched = new HashSet<>();

    private boolean allTouched;

    /** What may be read instead of the ledger, null if there is no such thing. */
    private @Nullable LedgerMirror mirror;

    private long mirrorVersion;

    private boolean readsMirror;

    private boolean begun;

    /** What becomes of the session when it is closed. */
    interface Ending {
        void end(Session session) throws SQLException;
    }

    Session(Connection connection, Ending ending) {
        this.connection = connection;
        this.ending = ending;
    }

    public Connection connection() {
        return connection;
    }

    /** Lets the ledger be read from its mirror. Without a transaction, until {@link #begin()}. */
    void mirrored(LedgerMirror source, long version) {
        mirror = source;
        mirrorVersion = version;
        readsMirror = false;
    }

    /** What the mirror says about all of the partitions, null if it does not or there is none. */
    @Nullable
    Map<PartitionId, PartitionState> fromMirror(String cache, List<PartitionId> keys, Interval window) {
        if (mirror == null || !mirror.isStill(mirrorVersion)) {
            return null;
        }
        Map<PartitionId, PartitionState> states = mirror.get(cache, keys, window);
        readsMirror |= states != null;
        return states;
    }

    boolean hasMirror() {
        return mirror != null;
    }

    void toMirror(String cache, Map<PartitionId, PartitionState> states) {
        if (mirror != null) {
            mirror.put(mirrorVersion, cache, states);
        }
    }

    /** Ends reading without a transaction. */
    void begin() throws SQLException {
        if (mirror != null && !begun) {
            execute("begin");
            begun = true;
        }
    }

    boolean isBegun() {
        return mirror == null || begun;
    }

    void unmirrored() {
        mirror = null;
        begun = false;
    }

    /** Whether all that was read is of one state of the database. Always, unless the mirror was used and something was committed meanwhile. */
    public boolean isConsistent() {
        return !readsMirror || mirror == null || mirror.isStill(mirrorVersion);
    }

    /** Notes that the ledger of a partition is changed by this transaction. */
    void touch(long partition) {
        touched.add(partition);
    }

    void touchAll() {
        allTouched = true;
    }

    /** The partitions touched since the last call, null for all. */
    @Nullable
    Set<Long> takeTouched() {
        Set<Long> taken = allTouched ? null : Set.copyOf(touched);
        touched.clear();
        allTouched = false;
        return taken;
    }

    /** A statement that stays prepared; the caller closes its results, but not the statement. */
    public PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known != null) {
            return known;
        }
        if (statements.size() >= MAX_STATEMENTS) {
            String eldest = statements.keySet().iterator().next();
            PreparedStatement old = statements.remove(eldest);
            if (old != null) {
                old.close();
            }
        }
        PreparedStatement fresh = connection.prepareStatement(sql);
        statements.put(sql, fresh);
        return fresh;
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        ending.end(this);
    }

    void disconnect() throws SQLException {
        statements.clear();
        connection.close();
    }
}
