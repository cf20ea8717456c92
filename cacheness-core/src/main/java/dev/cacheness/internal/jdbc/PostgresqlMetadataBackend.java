package dev.cacheness.internal.jdbc;

import static dev.cacheness.internal.jdbc.PostgresqlTexts.encode;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.CacheOutcomeUnknownException;
import dev.cacheness.EntryMetadata;
import dev.cacheness.spi.BlobHome;
import dev.cacheness.spi.BlobIntents;
import dev.cacheness.spi.ChangeFeed;
import dev.cacheness.spi.CustomMatch;
import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.CustomSelection;
import dev.cacheness.spi.CustomTable;
import dev.cacheness.spi.EntryAccess;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.Eviction;
import dev.cacheness.spi.LoadLeases;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.PutResult;
import dev.cacheness.spi.StoredEntry;
import dev.cacheness.spi.Totals;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The index in a PostgreSQL database, which many processes may share. */
final class PostgresqlMetadataBackend implements MetadataBackend {

    static final String NAME = "postgresql";

    private final PostgresqlConnections connections;

    private final DataSource readers;

    private final PostgresqlSignals signals;

    private final PostgresqlNews news;

    private final PostgresqlLeases leases;

    private final JdbcIntents intents;

    private final JdbcBlobHome home;

    PostgresqlMetadataBackend(PostgresqlConnections connections, PostgresqlSignals signals, DataSource readers) {
        this.connections = connections;
        this.readers = readers;
        this.signals = signals;
        this.news = new PostgresqlNews(connections);
        this.leases = new PostgresqlLeases(connections, signals);
        this.intents = JdbcIntents.onPostgresql(connections);
        this.home = new JdbcBlobHome(connections);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<StoredEntry> find(String digest) {
        return find(EntryStatements.FIND, digest, row -> EntryRows.found(encode(digest), row));
    }

    @Override
    public Optional<StoredEntry> findDescribed(String digest) {
        return find(EntryStatements.FIND_DESCRIBED, digest, EntryRows::storedAndDescribed);
    }

    @Override
    public Optional<StoredEntry> findLast(String digestPrefix) {
        Optional<StoredEntry> found = connections.lookUp(
                "look up an entry",
                session -> Optional.ofNullable(session.first(
                        PostgresqlStatements.FIND_LAST,
                        statement -> {
                            statement.setString(1, encode(digestPrefix));
                            statement.setString(2, encode(digestPrefix));
                        },
                        EntryRows::storedAndDescribed)));
        return found.map(PostgresqlTexts::decode);
    }

    private Optional<StoredEntry> find(String sql, String digest, Session.Row<StoredEntry> row) {
        Optional<StoredEntry> found = connections.lookUp(
                "look up an entry",
                session -> Optional.ofNullable(
                        session.first(sql, statement -> statement.setString(1, encode(digest)), row)));
        return found.map(PostgresqlTexts::decode);
    }

    @Override
    public PutResult put(StoredEntry entry, PutCondition condition) {
        return put(entry, condition, List.of());
    }

    @Override
    public PutResult put(StoredEntry entry, PutCondition condition, List<CustomRow> custom) {
        StoredEntry encoded = encode(entry);
        try {
            PutResult result = putOnce(encoded, condition, custom);
            // Nobody keeps a row that was not there.
            if (result.replaced() != null) {
                news.tell(List.of(encoded.digest()));
            }
            return result;
        } catch (CacheMetadataException e) {
            if (!PostgresqlFailures.isConnectionLost(e.getCause())) {
                throw e;
            }
            try {
                return isStored(entry, e) ? new PutResult(true, null) : putOnce(encoded, condition, custom);
            } finally {
                news.tell(List.of(encoded.digest()));
            }
        }
    }

    private PutResult putOnce(StoredEntry entry, PutCondition condition, List<CustomRow> custom) {
        if (condition instanceof PutCondition.IfNotInvalidated || !custom.isEmpty()) {
            return putInTransaction(entry, condition, custom);
        }
        return putAlone(PostgresqlPut.of(entry, condition));
    }

    private PutResult putAlone(PostgresqlPut put) {
        Optional<PutResult> result;
        do {
            result = connections.alone("store an entry", put::run);
        } while (result.isEmpty());
        return result.get();
    }

    /** The count stays locked until the row is there, so that whoever invalidates meanwhile waits, and then finds the row. */
    private PutResult putInTransaction(StoredEntry entry, PutCondition condition, List<CustomRow> custom) {
        PostgresqlPut put = PostgresqlPut.of(entry, condition);
        return connections.write("store an entry", session -> {
            if (condition instanceof PutCondition.IfNotInvalidated unchanged
                    && Invalidations.lock(entry.digest(), session) != unchanged.invalidations()) {
                return PutResult.NOT_STORED;
            }
            Optional<PutResult> result;
            do {
                result = put.run(session);
            } while (result.isEmpty());
            if (result.get().stored()) {
                for (CustomRow row : custom) {
                    CustomRows.insert(row, entry, session);
                }
            }
            return result.get();
        });
    }

    /**
     * The connection broke, perhaps while the answer was on its way: looks on another one whether the row is there. What it replaced nobody knows any more
     * then; if that had a blob, a sweep deletes it.
     *
     * @throws CacheOutcomeUnknownException if the row is not there, but may still come
     */
    private boolean isStored(StoredEntry entry, CacheMetadataException failure) {
        try {
            boolean stored = find(entry.digest())
                    .filter(found -> found.generation().equals(entry.generation()))
                    .isPresent();
            if (stored || !PostgresqlFailures.isOutcomeOpen(failure.getCause())) {
                return stored;
            }
        } catch (CacheMetadataException e) {
            failure.addSuppressed(e);
        }
        throw new CacheOutcomeUnknownException(entry.digest(), entry.generation(), failure);
    }

    @Override
    public long invalidations(String digest) {
        return connections.lookUp("count invalidations", session -> Invalidations.of(digest, session));
    }

    @Override
    public boolean setExpiry(String digest, Instant now, @Nullable Instant expiresAt) {
        boolean changed = connections.alone(
                "change an expiry",
                session -> session.update(EntryStatements.SET_EXPIRY, statement -> {
                            EntryRows.bindTime(statement, 1, expiresAt);
                            statement.setString(2, encode(digest));
                            statement.setLong(3, Millis.of(now));
                        })
                        == 1);
        if (changed) {
            news.tell(List.of(encode(digest)));
        }
        return changed;
    }

    @Override
    public boolean updateAttributes(String digest, Instant now, Map<String, ? extends @Nullable Object> changes) {
        Map<String, @Nullable Object> encoded = PostgresqlTexts.encode(changes);
        return connections.write(
                "change attributes",
                session -> AttributeUpdate.apply(
                        PostgresqlStatements.FIND_ATTRIBUTES, encode(digest), now, encoded, session));
    }

    @Override
    public void recordAccesses(Collection<EntryAccess> accesses) {
        if (accesses.isEmpty()) {
            return;
        }
        connections.alone(
                "record accesses",
                session -> session.update(PostgresqlStatements.RECORD_ACCESSES, statement -> {
                    bind(statement, 1, "text", accesses.stream().map(access -> encode(access.digest())));
                    bind(statement, 2, "bigint", accesses.stream().map(EntryAccess::hits));
                    bind(statement, 3, "bigint", accesses.stream().map(access -> Millis.of(access.lastAccess())));
                }));
    }

    @Override
    public List<EntryRef> remove(Collection<EntryRef> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        return told(connections.alone(
                "remove entries",
                session -> session.all(
                        PostgresqlStatements.REMOVE,
                        statement -> {
                            bind(statement, 1, "text", entries.stream().map(entry -> encode(entry.digest())));
                            bind(statement, 2, "text", entries.stream().map(EntryRef::generation));
                        },
                        PostgresqlMetadataBackend::ref)));
    }

    private List<EntryRef> told(List<EntryRef> removed) {
        news.tell(removed.stream().map(entry -> encode(entry.digest())).toList());
        return removed;
    }

    /** Not told: whoever keeps such a row sees for himself that it has expired. */
    @Override
    public List<EntryRef> removeExpired(Instant now, int limit) {
        return connections.alone(
                "remove expired entries",
                session -> session.all(
                        PostgresqlStatements.REMOVE_EXPIRED,
                        statement -> {
                            statement.setLong(1, Millis.of(now));
                            statement.setInt(2, limit);
                        },
                        PostgresqlMetadataBackend::ref));
    }

    /** Counts first: the rows that are then removed include what was stored under the former count. */
    @Override
    public List<EntryRef> invalidate(Collection<String> digests) {
        if (digests.isEmpty()) {
            return List.of();
        }
        return told(connections.write("invalidate entries", session -> {
            session.update(
                    PostgresqlStatements.COUNT_INVALIDATIONS,
                    statement -> bind(
                            statement,
                            1,
                            "integer",
                            digests.stream().map(Invalidations::stripe).distinct()));
            return session.all(
                    PostgresqlStatements.REMOVE_ALL_OF,
                    statement -> bind(statement, 1, "text", digests.stream().map(PostgresqlTexts::encode)),
                    PostgresqlMetadataBackend::ref);
        }));
    }

    @Override
    public List<EntryRef> invalidateMatching(EntryFilter filter, int limit) {
        FilterSql sql = sql(filter);
        return told(connections.write("invalidate entries", session -> {
            session.update(
                    PostgresqlStatements.COUNT_INVALIDATIONS,
                    statement -> bind(statement, 1, "integer", Invalidations.stripes()));
            return session.all(
                    PostgresqlStatements.removeMatching(sql), sql.followedBy(limit), PostgresqlMetadataBackend::ref);
        }));
    }

    /** Whoever finds the table as it should be needs no right to make it, and keeps nobody waiting. */
    @Override
    public void prepareCustomTable(CustomTable table) {
        String action = "make a table of custom metadata";
        if (connections.read(action, session -> CustomSchema.POSTGRESQL.isUpToDate(table, session))) {
            return;
        }
        connections.write(action, session -> {
            session.execute(PostgresqlCustomDdl.LOCK);
            CustomSchema.POSTGRESQL.bringUpToDate(table, session);
            return true;
        });
    }

    @Override
    public List<CustomTable> customTables() {
        return connections.read("list tables of custom metadata", CustomSchema.POSTGRESQL::all);
    }

    @Override
    public List<CustomMatch> customMatches(CustomSelection selection) {
        var sql = new CustomSql(selection);
        return connections.read(
                "search custom metadata",
                session -> session.all(
                        sql.list(),
                        sql.followedBy(selection.limit(), selection.offset()),
                        row -> CustomRows.match(row, selection.table())));
    }

    @Override
    public long countCustom(CustomSelection selection) {
        var sql = new CustomSql(selection);
        return connections.read(
                "search custom metadata",
                session -> Objects.requireNonNull(session.first(sql.count(), sql.followedBy(), row -> row.getLong(1))));
    }

    @Override
    public List<EntryRef> invalidateCustom(CustomSelection selection, int limit) {
        var sql = new CustomSql(selection);
        return told(connections.write("invalidate entries", session -> {
            session.update(
                    PostgresqlStatements.COUNT_INVALIDATIONS,
                    statement -> bind(statement, 1, "integer", Invalidations.stripes()));
            return session.all(
                    PostgresqlStatements.removeMatching(sql), sql.followedBy(limit), PostgresqlMetadataBackend::ref);
        }));
    }

    @Override
    public List<EntryRef> leastRecentlyAccessed(int limit) {
        return connections.read(
                "list entries",
                session -> session.all(
                        EntryStatements.LEAST_RECENTLY_ACCESSED,
                        statement -> statement.setInt(1, limit),
                        PostgresqlMetadataBackend::ref));
    }

    @Override
    public List<EntryRef> leastValuable(String namespace, Eviction eviction, Instant now, int limit) {
        return connections.read(
                "list entries",
                session -> session.all(
                        EntryStatements.leastValuable(eviction),
                        statement -> EntryStatements.bindLeastValuable(
                                eviction, encode(namespace), Millis.of(now), limit, statement),
                        PostgresqlMetadataBackend::ref));
    }

    @Override
    public Set<String> namespaces() {
        return connections.read(
                "list namespaces",
                session -> Set.copyOf(session.all(
                        EntryStatements.NAMESPACES, statement -> {}, row -> PostgresqlTexts.decode(row.getString(1)))));
    }

    @Override
    public List<EntryRef> removeExpired(String namespace, Instant now, int limit) {
        return remove(PostgresqlStatements.REMOVE_EXPIRED_OF_NAMESPACE, namespace, now, limit);
    }

    @Override
    public List<EntryRef> removeIdle(String namespace, Instant accessedAt, int limit) {
        return remove(PostgresqlStatements.REMOVE_IDLE_OF_NAMESPACE, namespace, accessedAt, limit);
    }

    private List<EntryRef> remove(String sql, String namespace, Instant time, int limit) {
        return connections.alone(
                "remove expired entries",
                session -> session.all(
                        sql,
                        statement -> {
                            statement.setString(1, encode(namespace));
                            statement.setLong(2, Millis.of(time));
                            statement.setInt(3, limit);
                        },
                        PostgresqlMetadataBackend::ref));
    }

    @Override
    public List<EntryMetadata> list(EntryFilter filter, int offset, int limit) {
        FilterSql sql = sql(filter);
        return connections.read(
                "list entries",
                session -> session.all(
                        EntryStatements.list(sql),
                        sql.followedBy(limit, offset),
                        row -> PostgresqlTexts.decode(EntryRows.described(row))));
    }

    @Override
    public long count(EntryFilter filter) {
        FilterSql sql = sql(filter);
        return connections.read(
                "count entries",
                session -> Objects.requireNonNull(
                        session.first(EntryStatements.count(sql), sql.followedBy(), row -> row.getLong(1))));
    }

    @Override
    public Totals totals() {
        return connections.read(
                "sum up entries",
                session -> Objects.requireNonNull(
                        session.first(PostgresqlStatements.TOTALS, Session.Parameters.NONE, EntryRows::totals)));
    }

    @Override
    public Totals totals(String namespace) {
        return connections.read(
                "sum up entries",
                session -> Objects.requireNonNull(session.first(
                        EntryStatements.TOTALS_OF_NAMESPACE,
                        statement -> statement.setString(1, encode(namespace)),
                        EntryRows::totals)));
    }

    @Override
    public Set<String> referencedBlobs(Collection<String> blobIds) {
        return connections.read(
                "look up blobs",
                session -> new HashSet<>(session.all(
                        PostgresqlStatements.REFERENCED_BLOBS,
                        statement -> bind(statement, 1, "text", blobIds.stream().map(PostgresqlTexts::encode)),
                        row -> row.getString(1))));
    }

    /** Changes of all, own ones among them, are heard by {@link ChangeFeed}; here only whether any may have been missed. */
    @Override
    public OptionalLong changesOfOthers() {
        return OptionalLong.of(signals.losses());
    }

    /** Also a {@link DataSource} of connections that can only read; closing the backend does not close them. */
    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        if (type == LoadLeases.class) {
            return Optional.of(type.cast(leases));
        }
        if (type == DataSource.class) {
            return Optional.of(type.cast(readers));
        }
        if (type == BlobHome.class) {
            return Optional.of(type.cast(home));
        }
        if (type == BlobIntents.class) {
            return Optional.of(type.cast(intents));
        }
        return type == ChangeFeed.class ? Optional.of(type.cast(signals)) : Optional.empty();
    }

    /** The server does so by itself, as it is set up. */
    @Override
    public boolean force() {
        return true;
    }

    @Override
    public void close() {
        signals.close();
        connections.close();
    }

    private static FilterSql sql(EntryFilter filter) {
        return new FilterSql(encode(filter), Dialect.POSTGRESQL);
    }

    private static EntryRef ref(ResultSet row) throws SQLException {
        return PostgresqlTexts.decode(EntryRows.ref(row));
    }

    private static void bind(PreparedStatement statement, int parameter, String type, Stream<?> values)
            throws SQLException {
        Array array = statement.getConnection().createArrayOf(type, values.toArray());
        statement.setArray(parameter, array);
    }
}
