package dev.cacheness.internal.jdbc;

import dev.cacheness.internal.json.JsonText;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.BlobIntents;
import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.CustomSelection;
import dev.cacheness.spi.CustomTable;
import dev.cacheness.spi.EntryAccess;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.LoadLeases;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.PutResult;
import dev.cacheness.spi.StoredEntry;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The index in a SQLite file. */
final class SqliteMetadataBackend extends JdbcMetadataBackend {

    static final String NAME = "sqlite";

    private final SqliteConnections connections;

    private final SqliteRemovals removals;

    private SqliteMetadataBackend(SqliteConnections connections, DataSource readers) {
        super(
                connections,
                Dialect.SQLITE,
                Map.of(
                        LoadLeases.class,
                        new SqliteLeases(connections),
                        BlobIntents.class,
                        JdbcIntents.onSqlite(connections),
                        DataSource.class,
                        readers));
        this.connections = connections;
        this.removals = new SqliteRemovals(connections);
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
    public PutResult put(StoredEntry entry, PutCondition condition, List<CustomRow> custom) {
        var put = new SqlitePut(entry, condition, custom);
        return connections.write("store an entry", put::run);
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
        return removals.remove(entries);
    }

    @Override
    public List<EntryRef> removeExpired(Instant now, int limit) {
        return removals.removeExpired(now, limit);
    }

    @Override
    public List<EntryRef> removeExpired(String namespace, Instant now, int limit) {
        return removals.removeExpired(namespace, now, limit);
    }

    @Override
    public List<EntryRef> removeIdle(String namespace, Instant accessedAt, int limit) {
        return removals.removeIdle(namespace, accessedAt, limit);
    }

    @Override
    public List<EntryRef> invalidate(Collection<String> digests) {
        return removals.invalidate(digests);
    }

    @Override
    public List<EntryRef> invalidateMatching(EntryFilter filter, int limit) {
        return removals.invalidateMatching(filter, limit);
    }

    @Override
    public List<EntryRef> invalidateCustom(CustomSelection selection, int limit) {
        return removals.invalidateCustom(selection, limit);
    }

    @Override
    public void prepareCustomTable(CustomTable table) {
        connections.write("make a table of custom metadata", session -> {
            CustomSchema.SQLITE.bringUpToDate(table, session);
            return true;
        });
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
    public void compact() {
        connections.compact();
    }

    @Override
    public OptionalLong changesOfOthers() {
        return OptionalLong.of(connections.changesOfOthers());
    }

    @Override
    public boolean force() {
        connections.force();
        return true;
    }

    @Override
    public void close() {
        connections.close();
    }
}
