package dev.cacheness.internal.jdbc;

import dev.cacheness.EntryMetadata;
import dev.cacheness.internal.json.JsonText;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.BlobIntents;
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
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The index in a SQLite file. */
final class SqliteMetadataBackend implements MetadataBackend {

    static final String NAME = "sqlite";

    private final SqliteConnections connections;

    private final DataSource readers;

    private final SqliteLeases leases;

    private final JdbcIntents intents;

    private SqliteMetadataBackend(SqliteConnections connections, DataSource readers) {
        this.connections = connections;
        this.readers = readers;
        this.leases = new SqliteLeases(connections);
        this.intents = JdbcIntents.onSqlite(connections);
    }

    static SqliteMetadataBackend open(BackendSettings settings) {
        SqliteFile file = SqliteFile.claim(settings.directory());
        boolean opened = false;
        try {
            SqliteSchema.bringUpToDate(file.path());
            opened = true;
            return new SqliteMetadataBackend(
                    new SqliteConnections(file, settings.durability(), settings.readTimeout()),
                    SqliteReaderDataSource.of(file));
        } catch (SQLException e) {
            throw SqliteFailures.translate("open the tables", file.path(), e);
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<StoredEntry> find(String digest) {
        return connections.lookUp(
                "look up an entry",
                session -> Optional.ofNullable(session.first(
                        EntryStatements.FIND,
                        statement -> statement.setString(1, digest),
                        row -> EntryRows.found(digest, row))));
    }

    @Override
    public Optional<StoredEntry> findDescribed(String digest) {
        return connections.lookUp(
                "look up an entry",
                session -> Optional.ofNullable(session.first(
                        EntryStatements.FIND_DESCRIBED,
                        statement -> statement.setString(1, digest),
                        EntryRows::storedAndDescribed)));
    }

    @Override
    public Optional<StoredEntry> findLast(String digestPrefix) {
        return connections.lookUp(
                "look up an entry",
                session -> Optional.ofNullable(session.first(
                        SqliteStatements.FIND_LAST,
                        statement -> {
                            statement.setString(1, digestPrefix);
                            statement.setString(2, digestPrefix);
                        },
                        EntryRows::storedAndDescribed)));
    }

    @Override
    public PutResult put(StoredEntry entry, PutCondition condition) {
        return put(entry, condition, List.of());
    }

    @Override
    public PutResult put(StoredEntry entry, PutCondition condition, List<CustomRow> custom) {
        return connections.write("store an entry", session -> {
            FormerRow former = session.first(
                    EntryStatements.FIND_REF, statement -> statement.setString(1, entry.digest()), FormerRow::of);
            if (!holds(condition, entry.digest(), former, session)) {
                return PutResult.NOT_STORED;
            }
            session.update(EntryStatements.PUT, statement -> EntryRows.bind(entry, statement));
            for (CustomRow row : custom) {
                CustomRows.insert(row, entry, session);
            }
            return new PutResult(true, former == null ? null : former.ref());
        });
    }

    private static boolean holds(PutCondition condition, String digest, @Nullable FormerRow former, Session session)
            throws SQLException {
        if (condition instanceof PutCondition.IfAbsent absent) {
            return former == null || former.isExpired(absent.now());
        }
        if (condition instanceof PutCondition.IfPresent present) {
            return former != null && !former.isExpired(present.now());
        }
        if (condition instanceof PutCondition.IfGeneration same) {
            return former != null && former.ref().generation().equals(same.generation());
        }
        if (condition instanceof PutCondition.IfNotInvalidated unchanged) {
            return Invalidations.of(digest, session) == unchanged.invalidations();
        }
        return true;
    }

    @Override
    public long invalidations(String digest) {
        return connections.lookUp("count invalidations", session -> Invalidations.of(digest, session));
    }

    @Override
    public boolean setExpiry(String digest, Instant now, @Nullable Instant expiresAt) {
        return connections.write(
                "change an expiry",
                session -> session.update(EntryStatements.SET_EXPIRY, statement -> {
                            EntryRows.bindTime(statement, 1, expiresAt);
                            statement.setString(2, digest);
                            statement.setLong(3, Millis.of(now));
                        })
                        == 1);
    }

    @Override
    public boolean updateAttributes(String digest, Instant now, Map<String, ? extends @Nullable Object> changes) {
        return connections.write(
                "change attributes",
                session -> AttributeUpdate.apply(EntryStatements.FIND_ATTRIBUTES, digest, now, changes, session));
    }

    @Override
    public void recordAccesses(Collection<EntryAccess> accesses) {
        if (accesses.isEmpty()) {
            return;
        }
        connections.write("record accesses", session -> {
            int changed = 0;
            for (EntryAccess access : accesses) {
                changed += session.update(EntryStatements.RECORD_ACCESS, statement -> {
                    statement.setLong(1, access.hits());
                    statement.setLong(2, Millis.of(access.lastAccess()));
                    statement.setLong(3, Millis.of(access.lastAccess()));
                    statement.setString(4, access.digest());
                });
            }
            return changed;
        });
    }

    @Override
    public List<EntryRef> remove(Collection<EntryRef> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        return connections.write("remove entries", session -> {
            var removed = new ArrayList<EntryRef>();
            for (EntryRef entry : entries) {
                removed.addAll(session.all(
                        EntryStatements.REMOVE_GENERATION,
                        statement -> {
                            statement.setString(1, entry.digest());
                            statement.setString(2, entry.generation());
                        },
                        EntryRows::ref));
            }
            return removed;
        });
    }

    @Override
    public List<EntryRef> removeExpired(Instant now, int limit) {
        return connections.write(
                "remove expired entries",
                session -> session.all(
                        SqliteStatements.REMOVE_EXPIRED,
                        statement -> {
                            statement.setLong(1, Millis.of(now));
                            statement.setInt(2, limit);
                        },
                        EntryRows::ref));
    }

    @Override
    public List<EntryRef> invalidate(Collection<String> digests) {
        if (digests.isEmpty()) {
            return List.of();
        }
        return connections.write("invalidate entries", session -> {
            var removed = new ArrayList<EntryRef>();
            for (String digest : digests) {
                Invalidations.count(digest, session);
                removed.addAll(session.all(
                        EntryStatements.REMOVE, statement -> statement.setString(1, digest), EntryRows::ref));
            }
            return removed;
        });
    }

    @Override
    public List<EntryRef> invalidateMatching(EntryFilter filter, int limit) {
        var sql = new FilterSql(filter, Dialect.SQLITE);
        return connections.write("invalidate entries", session -> {
            Invalidations.countAll(session);
            return session.all(EntryStatements.removeMatching(sql), sql.followedBy(limit), EntryRows::ref);
        });
    }

    @Override
    public void prepareCustomTable(CustomTable table) {
        connections.write("make a table of custom metadata", session -> {
            CustomSchema.SQLITE.bringUpToDate(table, session);
            return true;
        });
    }

    @Override
    public List<CustomTable> customTables() {
        return connections.read("list tables of custom metadata", CustomSchema.SQLITE::all);
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
        return connections.write("invalidate entries", session -> {
            Invalidations.countAll(session);
            return session.all(
                    EntryStatements.removeDigestsIn(sql.digests() + "limit ?"), sql.followedBy(limit), EntryRows::ref);
        });
    }

    @Override
    public List<EntryRef> leastRecentlyAccessed(int limit) {
        return connections.read(
                "list entries",
                session -> session.all(
                        EntryStatements.LEAST_RECENTLY_ACCESSED,
                        statement -> statement.setInt(1, limit),
                        EntryRows::ref));
    }

    @Override
    public List<EntryRef> leastValuable(String namespace, Eviction eviction, Instant now, int limit) {
        return connections.read(
                "list entries",
                session -> session.all(
                        EntryStatements.leastValuable(eviction),
                        statement -> EntryStatements.bindLeastValuable(
                                eviction, namespace, Millis.of(now), limit, statement),
                        EntryRows::ref));
    }

    @Override
    public Set<String> namespaces() {
        return connections.read(
                "list namespaces",
                session ->
                        Set.copyOf(session.all(EntryStatements.NAMESPACES, statement -> {}, row -> row.getString(1))));
    }

    @Override
    public List<EntryRef> removeExpired(String namespace, Instant now, int limit) {
        return remove(EntryStatements.REMOVE_EXPIRED_OF_NAMESPACE, namespace, now, limit);
    }

    @Override
    public List<EntryRef> removeIdle(String namespace, Instant accessedAt, int limit) {
        return remove(EntryStatements.REMOVE_IDLE_OF_NAMESPACE, namespace, accessedAt, limit);
    }

    private List<EntryRef> remove(String sql, String namespace, Instant time, int limit) {
        return connections.write(
                "remove expired entries",
                session -> session.all(
                        sql,
                        statement -> {
                            statement.setString(1, namespace);
                            statement.setLong(2, Millis.of(time));
                            statement.setInt(3, limit);
                        },
                        EntryRows::ref));
    }

    @Override
    public List<EntryMetadata> list(EntryFilter filter, int offset, int limit) {
        var sql = new FilterSql(filter, Dialect.SQLITE);
        return connections.read(
                "list entries",
                session -> session.all(EntryStatements.list(sql), sql.followedBy(limit, offset), EntryRows::described));
    }

    @Override
    public long count(EntryFilter filter) {
        var sql = new FilterSql(filter, Dialect.SQLITE);
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
                        session.first(EntryStatements.TOTALS, Session.Parameters.NONE, EntryRows::totals)));
    }

    @Override
    public Totals totals(String namespace) {
        return connections.read(
                "sum up entries",
                session -> Objects.requireNonNull(session.first(
                        EntryStatements.TOTALS_OF_NAMESPACE,
                        statement -> statement.setString(1, namespace),
                        EntryRows::totals)));
    }

    @Override
    public Set<String> referencedBlobs(Collection<String> blobIds) {
        return connections.read(
                "look up blobs",
                session -> new HashSet<>(session.all(
                        SqliteStatements.REFERENCED_BLOBS,
                        statement -> statement.setString(1, JsonText.ofAll(blobIds)),
                        row -> row.getString(1))));
    }

    @Override
    public boolean force() {
        connections.force();
        return true;
    }

    @Override
    public void compact() {
        connections.compact();
    }

    @Override
    public OptionalLong changesOfOthers() {
        return OptionalLong.of(connections.changesOfOthers());
    }

    /** Also a {@link DataSource} of connections that can only read; closing the backend does not close them. */
    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        if (type == LoadLeases.class) {
            return Optional.of(type.cast(leases));
        }
        if (type == BlobIntents.class) {
            return Optional.of(type.cast(intents));
        }
        return type == DataSource.class ? Optional.of(type.cast(readers)) : Optional.empty();
    }

    @Override
    public void close() {
        connections.close();
    }
}
