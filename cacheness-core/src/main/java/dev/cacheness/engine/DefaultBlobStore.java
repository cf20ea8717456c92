package dev.cacheness.engine;

import dev.cacheness.CacheException;
import dev.cacheness.CustomMetadataQuery;
import dev.cacheness.IntegrityReport;
import dev.cacheness.PutOption;
import dev.cacheness.TypeRef;
import dev.cacheness.ValueSource;
import dev.cacheness.internal.key.BlobKeys;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerRegistry;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.StoredEntry;
import dev.cacheness.spi.Totals;
import dev.cacheness.storage.BlobMatch;
import dev.cacheness.storage.BlobMetadata;
import dev.cacheness.storage.BlobQuery;
import dev.cacheness.storage.BlobStore;
import dev.cacheness.storage.BlobStoreStats;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks what it is given, and hands it to those who write, read and list. Long because the interface is. */
final class DefaultBlobStore implements BlobStore {

    private static final Duration SWEEP_INTERVAL = Duration.ofHours(1);

    /** How long a reader waits for an invalidation that is repeated. */
    private static final Duration REPEAT_PATIENCE = Duration.ofSeconds(1);

    private final EntryStore store;

    private final MetadataBackend index;

    private final HandlerRegistry handlers;

    private final ArtifactSettings settings;

    private final InstantSource clock;

    private final ArtifactVersions versions;

    private final ArtifactWriter writer;

    private final ContentArtifacts contents;

    private final ArtifactReader reader;

    private final ArtifactList list;

    private final CustomRecords customRecords;

    private final CustomQueries customQueries;

    private final FailureLog failures;

    private final Maintenance maintenance;

    private final OpenState open;

    private final Removals removals;

    DefaultBlobStore(
            EntryStore store,
            HandlerRegistry handlers,
            Upcasters upcasters,
            ArtifactSettings settings,
            InstantSource clock) {
        this.store = store;
        this.index = store.index();
        this.handlers = handlers;
        this.settings = settings;
        this.clock = clock;
        var values = new ValueWriter(handlers);
        var rows = new ArtifactRows(clock);
        this.versions = new ArtifactVersions(store);
        this.writer = new ArtifactWriter(store, values, rows, versions, settings, clock);
        this.contents = new ContentArtifacts(store, values, rows, versions, settings);
        this.reader =
                new ArtifactReader(store, new ValueReader(store, new TrustingHandlers(handlers), upcasters, null));
        this.list = new ArtifactList(index, versions);
        this.customRecords = new CustomRecords(index);
        this.failures = new FailureLog(clock);
        this.open = new OpenState(failures);
        var happenings =
                new Happenings(new StatsRecorder(), new RecentRemovals(), new EventQueue(List.of(), failures), clock);
        this.removals = new Removals(
                store,
                happenings,
                open,
                new MissedInvalidations(store, happenings, failures, REPEAT_PATIENCE, clock),
                Lasting.asOpened(index));
        this.customQueries = new CustomQueries(store, customRecords, clock, removals, open);
        this.maintenance = new Maintenance(failures);
    }

    void start() {
        maintenance.execute(this::sweep);
        maintenance.every(SWEEP_INTERVAL, this::sweep);
    }

    @Override
    public BlobMetadata put(String key, Object value, PutOption... options) {
        BlobKeys.checkKey(key);
        if (settings.contentAddressable()) {
            throw new IllegalArgumentException("The key '" + key
                    + "' cannot be chosen: in a content-addressable store the content is the key; use add(value)");
        }
        return putUnder(key, value, options);
    }

    @Override
    public BlobMetadata add(Object value, PutOption... options) {
        if (!settings.contentAddressable()) {
            return putUnder(Generations.next(), value, options);
        }
        PutSettings given = ArtifactOptions.of(options);
        Object source = asValue(value);
        return open.whileOpen(() -> contents.add(source, given));
    }

    private BlobMetadata putUnder(String key, Object value, PutOption... options) {
        PutSettings given = ArtifactOptions.of(options);
        Object source = asValue(value);
        return open.whileOpen(() -> {
            List<CustomRow> custom = customRecords.rows(given.customMetadata());
            custom.forEach(row -> customRecords.prepare(row.table()));
            BlobMetadata stored = writer.put(key, source, given, custom);
            dropOldVersions(key);
            return stored;
        });
    }

    private static Object asValue(Object value) {
        Objects.requireNonNull(value, "value");
        return value instanceof InputStream stream ? (ValueSource) () -> stream : value;
    }

    /** The value is stored, whatever becomes of older ones; the next put tries again. */
    private void dropOldVersions(String key) {
        if (settings.keepVersions() == 0) {
            return;
        }
        try {
            versions.retain(key, settings.keepVersions());
        } catch (CacheException ex) {
            failures.warn("retain", "Old versions of the artifact '" + key + "' could not be deleted", ex);
        }
    }

    @Override
    public <T> Optional<T> get(String key, Class<T> type) {
        return value(latest(key), type);
    }

    @Override
    public <T> Optional<T> get(String key, TypeRef<T> type) {
        return value(latest(key), type.type());
    }

    @Override
    public <T> Optional<T> get(String key, int version, Class<T> type) {
        return value(version(key, version), type);
    }

    @Override
    public <T> Optional<T> get(String key, int version, TypeRef<T> type) {
        return value(version(key, version), type.type());
    }

    private <T> Optional<T> value(Supplier<Optional<StoredEntry>> row, Type type) {
        Objects.requireNonNull(type, "type");
        return open.whileOpen(() -> reader.value(row, type));
    }

    private Supplier<Optional<StoredEntry>> latest(String key) {
        BlobKeys.checkKey(key);
        return () -> versions.latest(key);
    }

    private Supplier<Optional<StoredEntry>> version(String key, int version) {
        BlobKeys.checkKey(key);
        return () -> versions.version(key, version);
    }

    @Override
    public Optional<InputStream> openStream(String key) {
        Supplier<Optional<StoredEntry>> row = latest(key);
        return open.whileOpen(() -> reader.stream(row));
    }

    @Override
    public Optional<InputStream> openStream(String key, int version) {
        Supplier<Optional<StoredEntry>> row = version(key, version);
        return open.whileOpen(() -> reader.stream(row));
    }

    @Override
    public boolean copyTo(String key, Path file) {
        Objects.requireNonNull(file, "file");
        Supplier<Optional<StoredEntry>> row = latest(key);
        return open.whileOpen(() -> reader.copy(row, file).isPresent());
    }

    @Override
    public boolean exists(String key) {
        return open.whileOpen(latest(key)).isPresent();
    }

    @Override
    public Optional<BlobMetadata> metadata(String key) {
        return open.whileOpen(latest(key)).map(row -> ArtifactRows.describe(row.metadata()));
    }

    @Override
    public Optional<BlobMetadata> metadata(String key, int version) {
        return open.whileOpen(version(key, version)).map(row -> ArtifactRows.describe(row.metadata()));
    }

    @Override
    public boolean updateMetadata(String key, Map<String, ? extends @Nullable Object> changes) {
        BlobKeys.checkKey(key);
        Map<String, @Nullable Object> checked = ArtifactOptions.changes(changes);
        return open.whileOpen(() ->
                settings.contentAddressable() ? contents.updateMetadata(key, checked) : versions.update(key, checked));
    }

    @Override
    public boolean delete(String key) {
        BlobKeys.checkKey(key);
        return open.whileOpen(() -> settings.contentAddressable() ? contents.delete(key) : versions.delete(key));
    }

    @Override
    public List<BlobMetadata> list(BlobQuery query) {
        Objects.requireNonNull(query, "query");
        return open.whileOpen(() -> list.find(query));
    }

    @Override
    public List<BlobMetadata> versions(String key) {
        BlobKeys.checkKey(key);
        return open.whileOpen(
                () -> versions.all(key).stream().map(ArtifactRows::describe).toList());
    }

    @Override
    public int retain(String key, int newest) {
        BlobKeys.checkKey(key);
        checkNewest(newest);
        return open.whileOpen(() -> versions.retain(key, newest));
    }

    @Override
    public int retain(int newest) {
        checkNewest(newest);
        return open.whileOpen(() -> list.keysWithVersions().stream()
                .mapToInt(key -> versions.retain(key, newest))
                .sum());
    }

    private static void checkNewest(int newest) {
        if (newest < 1) {
            throw new IllegalArgumentException(
                    "newest must be at least 1, but is " + newest + "; delete(key) deletes all versions");
        }
    }

    @Override
    public <R extends Record> CustomMetadataQuery<R> query(Class<R> record) {
        return open.whileOpen(() -> new RecordQuery<>(customRecords.mapping(record), customQueries));
    }

    @Override
    public <R extends Record> List<BlobMatch<R>> matches(CustomMetadataQuery<R> query) {
        return open.whileOpen(() ->
                query.list().stream().flatMap(match -> match(match).stream()).toList());
    }

    private <R extends Record> Optional<BlobMatch<R>> match(CustomMetadataQuery.Match<R> match) {
        return index.findDescribed(match.digest())
                .map(row -> new BlobMatch<>(ArtifactRows.describe(row.metadata()), match.record()));
    }

    @Override
    public int clear() {
        return open.whileOpen(() -> removals.invalidateMatching(EntryFilter.ALL));
    }

    @Override
    public BlobStoreStats stats() {
        Totals totals = open.whileOpen(index::totals);
        return new BlobStoreStats(totals.entries(), totals.sizeBytes(), index.name(), store.blobBackendName());
    }

    @Override
    public IntegrityReport verify() {
        return open.whileOpen(() -> new IntegrityCheck(store, false, removed -> {}).run());
    }

    @Override
    public IntegrityReport repair() {
        return open.whileOpen(() -> new IntegrityCheck(store, true, removed -> {}).run());
    }

    TransferEnd transferEnd() {
        open.ensureOpen();
        return new TransferEnd(store, TransferEnd.settings(settings, handlers), clock, StoreKind.ARTIFACTS, () -> {});
    }

    private void sweep() {
        try {
            store.sweep();
        } catch (IOException ex) {
            failures.warn("sweep", "Blobs that writers left behind could not be looked for", ex);
        }
    }

    @Override
    public void close() {
        if (!open.close()) {
            return;
        }
        maintenance.close();
        store.close();
        handlers.list().forEach(this::close);
    }

    private void close(Handler<?> handler) {
        if (handler instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception ex) {
                failures.warn("close", "The handler '" + handler.name() + "' could not be closed", ex);
            }
        }
    }
}
