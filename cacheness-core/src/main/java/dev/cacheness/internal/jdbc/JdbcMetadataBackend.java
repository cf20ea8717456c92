package dev.cacheness.internal.jdbc;

import dev.cacheness.EntryMetadata;
import dev.cacheness.spi.CustomMatch;
import dev.cacheness.spi.CustomSelection;
import dev.cacheness.spi.CustomTable;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.Eviction;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.PutResult;
import dev.cacheness.spi.StoredEntry;
import dev.cacheness.spi.Totals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What is asked of an index in the same way on SQLite and on PostgreSQL: all that only reads. */
abstract class JdbcMetadataBackend implements MetadataBackend {

    private final Connections connections;

    private final Dialect dialect;

    private final Map<Class<?>, Object> parts;

    /** @param parts what {@link #unwrap} gives, by its type */
    JdbcMetadataBackend(Connections connections, Dialect dialect, Map<Class<?>, Object> parts) {
        this.connections = connections;
        this.dialect = dialect;
        this.parts = Map.copyOf(parts);
    }

    @Override
    public Optional<StoredEntry> find(String digest) {
        String stored = dialect.encode(digest);
        return lookUp(
                EntryStatements.FIND,
                statement -> statement.setString(1, stored),
                row -> dialect.decode(EntryRows.found(stored, row)));
    }

    @Override
    public Optional<StoredEntry> findDescribed(String digest) {
        return lookUp(
                EntryStatements.FIND_DESCRIBED,
                statement -> statement.setString(1, dialect.encode(digest)),
                row -> dialect.decode(EntryRows.storedAndDescribed(row)));
    }

    @Override
    public Optional<StoredEntry> findLast(String digestPrefix) {
        return lookUp(
                dialect.findLast(),
                statement -> {
                    statement.setString(1, dialect.encode(digestPrefix));
                    statement.setString(2, dialect.encode(digestPrefix));
                },
                row -> dialect.decode(EntryRows.storedAndDescribed(row)));
    }

    @Override
    public PutResult put(StoredEntry entry, PutCondition condition) {
        return put(entry, condition, List.of());
    }

    @Override
    public long invalidations(String digest) {
        return connections.lookUp("count invalidations", session -> Invalidations.of(digest, session));
    }

    @Override
    public List<CustomTable> customTables() {
        return connections.read("list tables of custom metadata", dialect.customSchema()::all);
    }

    @Override
    public List<CustomMatch> customMatches(CustomSelection selection) {
        var sql = new CustomSql(selection);
        return all(
                "search custom metadata",
                sql.list(),
                sql.followedBy(selection.limit(), selection.offset()),
                row -> CustomRows.match(row, selection.table()));
    }

    @Override
    public long countCustom(CustomSelection selection) {
        var sql = new CustomSql(selection);
        return only("search custom metadata", sql.count(), sql.followedBy(), row -> row.getLong(1));
    }

    @Override
    public List<EntryRef> leastRecentlyAccessed(int limit) {
        return all(
                "list entries",
                EntryStatements.LEAST_RECENTLY_ACCESSED,
                statement -> statement.setInt(1, limit),
                this::ref);
    }

    @Override
    public List<EntryRef> leastValuable(String namespace, Eviction eviction, Instant now, int limit) {
        return all(
                "list entries",
                EntryStatements.leastValuable(eviction),
                statement -> EntryStatements.bindLeastValuable(
                        eviction, dialect.encode(namespace), Millis.of(now), limit, statement),
                this::ref);
    }

    @Override
    public Set<String> namespaces() {
        return Set.copyOf(all(
                "list namespaces",
                EntryStatements.NAMESPACES,
                Session.Parameters.NONE,
                row -> dialect.decode(row.getString(1))));
    }

    @Override
    public List<EntryMetadata> list(EntryFilter filter, int offset, int limit) {
        var sql = new FilterSql(filter, dialect);
        return all(
                "list entries",
                EntryStatements.list(sql),
                sql.followedBy(limit, offset),
                row -> dialect.decode(EntryRows.described(row)));
    }

    @Override
    public long count(EntryFilter filter) {
        var sql = new FilterSql(filter, dialect);
        return only("count entries", EntryStatements.count(sql), sql.followedBy(), row -> row.getLong(1));
    }

    @Override
    public Totals totals() {
        return only("sum up entries", EntryStatements.TOTALS, Session.Parameters.NONE, EntryRows::totals);
    }

    @Override
    public Totals totals(String namespace) {
        return only(
                "sum up entries",
                EntryStatements.TOTALS_OF_NAMESPACE,
                statement -> statement.setString(1, dialect.encode(namespace)),
                EntryRows::totals);
    }

    /** Also a {@link javax.sql.DataSource} of connections that can only read; closing the backend does not close them. */
    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        return Optional.ofNullable(parts.get(type)).map(type::cast);
    }

    private EntryRef ref(ResultSet row) throws SQLException {
        return dialect.decode(EntryRows.ref(row));
    }

    private <T> Optional<T> lookUp(String sql, Session.Parameters parameters, Session.Row<T> row) {
        return connections.lookUp(
                "look up an entry", session -> Optional.ofNullable(session.first(sql, parameters, row)));
    }

    /** Of a statement that always has a row. */
    private <T> T only(String action, String sql, Session.Parameters parameters, Session.Row<T> row) {
        return connections.read(action, session -> Objects.requireNonNull(session.first(sql, parameters, row)));
    }

    private <T> List<T> all(String action, String sql, Session.Parameters parameters, Session.Row<T> row) {
        return connections.read(action, session -> session.all(sql, parameters, row));
    }
}
