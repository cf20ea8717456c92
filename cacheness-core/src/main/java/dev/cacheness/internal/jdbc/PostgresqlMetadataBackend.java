package dev.cacheness.internal.jdbc;

import static dev.cacheness.internal.jdbc.PostgresqlArrays.bind;
import static dev.cacheness.internal.jdbc.PostgresqlTexts.encode;

import dev.cacheness.spi.BlobHome;
import dev.cacheness.spi.BlobIntents;
import dev.cacheness.spi.ChangeFeed;
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
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The index in a PostgreSQL database, which many processes may share. */
final class PostgresqlMetadataBackend extends JdbcMetadataBackend {

    static final String NAME = "postgresql";

    private final PostgresqlConnections connections;

    private final PostgresqlSignals signals;

    private final PostgresqlNews news;

    private final PostgresqlPuts puts;

    private final PostgresqlRemovals removals;

    PostgresqlMetadataBackend(PostgresqlConnections connections, PostgresqlSignals signals, DataSource readers) {
        super(
                connections,
                Dialect.POSTGRESQL,
                Map.of(
                        LoadLeases.class,
                        new PostgresqlLeases(connections, signals),
                        BlobIntents.class,
                        JdbcIntents.onPostgresql(connections),
                        BlobHome.class,
                        new JdbcBlobHome(connections),
                        ChangeFeed.class,
                        signals,
                        DataSource.class,
                        readers));
        this.connections = connections;
        this.signals = signals;
        this.news = new PostgresqlNews(connections, signals);
        this.puts = new PostgresqlPuts(connections, news, this::find);
        this.removals = new PostgresqlRemovals(connections, news);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PutResult put(StoredEntry entry, PutCondition condition, List<CustomRow> custom) {
        return puts.put(entry, condition, custom);
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
}
