package dev.cacheness.engine;

import dev.cacheness.CacheClosedException;
import dev.cacheness.CacheEntry;
import dev.cacheness.CacheException;
import dev.cacheness.CacheKey;
import dev.cacheness.CacheLoader;
import dev.cacheness.CacheMetadataException;
import dev.cacheness.CacheStats;
import dev.cacheness.Cacheness;
import dev.cacheness.CustomMetadataQuery;
import dev.cacheness.EntryMetadata;
import dev.cacheness.EntryQuery;
import dev.cacheness.GetOption;
import dev.cacheness.IntegrityReport;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.PutOption;
import dev.cacheness.internal.key.DigestedKey;
import dev.cacheness.internal.key.KeyDigester;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerRegistry;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.StoredEntry;
import dev.cacheness.spi.Totals;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine: decides, counts and keeps order; others write, read and store. */
final class DefaultCacheness implements Cacheness {

    private static final Logger log = LoggerFactory.getLogger(DefaultCacheness.class);

    private static final Duration ACCESS_FLUSH_INTERVAL = Duration.ofSeconds(5);

    private static final Duration EXPIRY_SWEEP_INTERVAL = Duration.ofMinutes(1);

    private static final Duration ORPHAN_SWEEP_INTERVAL = Duration.ofHours(1);

    private static final int REMOVAL_BATCH = 1_000;

    private static final int READ_ATTEMPTS = 3;

    private final EntryStore store;

    private final MetadataBackend index;

    private final HandlerRegistry handlers;

    private final KeyDigester digester;

    private final EngineSettings settings;

    private final InstantSource clock;

    private final FailureLog failures;

    private final EntryWriter writer;

    private final ValueReader reader;

    private final SingleFlight flights = new SingleFlight();

    private final StatsRecorder stats = new StatsRecorder();

    private final RecentRemovals removals = new RecentRemovals();

    private final Maintenance maintenance;

    private final AccessLog accessLog;

    private final Evictor evictor;

    private final CustomRecords customRecords;

    private final CustomQueries customQueries;

    private volatile boolean closed;

    DefaultCacheness(
            EntryStore store,
            HandlerRegistry handlers,
            KeyDigester digester,
            EntryWriter writer,
            ValueReader reader,
            EngineSettings settings,
            InstantSource clock) {
        this.store = store;
        this.index = store.index();
        this.handlers = handlers;
        this.digester = digester;
        this.settings = settings;
        this.clock = clock;
        this.writer = writer;
        this.reader = reader;
        this.failures = new FailureLog(clock);
        this.maintenance = new Maintenance(failures);
        this.accessLog = new AccessLog(index, failures);
        this.customRecords = new CustomRecords(index);
        this.customQueries = new CustomQueries(store, customRecords, clock, removals, this::whileOpen);
        this.evictor = new Evictor(store, accessLog, removals, stats, failures, settings.maxSizeBytes());
    }

    void start() {
        if (settings.cleanUpOnInit()) {
            maintenance.execute(this::removeExpired);
        }
        maintenance.execute(this::sweepOrphans);
        maintenance.every(ACCESS_FLUSH_INTERVAL, accessLog::flush);
        maintenance.every(ACCESS_FLUSH_INTERVAL, evictor::enforce);
        maintenance.every(EXPIRY_SWEEP_INTERVAL, this::removeExpired);
        maintenance.every(ORPHAN_SWEEP_INTERVAL, this::sweepOrphans);
    }

    @Override
    public <V> String put(CacheKey<? super V> key, V value, PutOption... options) {
        DigestedKey digested = digest(key);
        store(key, digested, value, PutSettings.of(options), PutCondition.ALWAYS, null);
        return digested.digest();
    }

    @Override
    public <V> boolean putIfAbsent(CacheKey<? super V> key, V value, PutOption... options) {
        return store(
                key, digest(key), value, PutSettings.of(options), new PutCondition.IfAbsent(clock.instant()), null);
    }

    @Override
    public <V> boolean replace(CacheKey<? super V> key, V value, PutOption... options) {
        return store(
                key, digest(key), value, PutSettings.of(options), new PutCondition.IfPresent(clock.instant()), null);
    }

    @Override
    public <V> void putAll(Map<? extends CacheKey<? super V>, ? extends V> values, PutOption... options) {
        values.forEach((key, value) -> put(key, value, options));
    }

    @Override
    public <V> Optional<V> get(CacheKey<V> key, GetOption... options) {
        return find(key, digest(key), false, options).value();
    }

    @Override
    public <V> Map<CacheKey<V>, V> getAll(Collection<? extends CacheKey<V>> keys, GetOption... options) {
        Map<CacheKey<V>, V> values = new LinkedHashMap<>();
        for (CacheKey<V> key : keys) {
            get(key, options).ifPresent(value -> values.put(key, value));
        }
        return values;
    }

    @Override
    public <V> Optional<CacheEntry<V>> getEntry(CacheKey<V> key, GetOption... options) {
        return lookup(key, options) instanceof Lookup.Hit<V> hit ? Optional.of(hit.entry()) : Optional.empty();
    }

    @Override
    public <V> Lookup<V> lookup(CacheKey<V> key, GetOption... options) {
        return find(key, digest(key), true, options);
    }

    @Override
    public <V, K extends CacheKey<V>, X extends Exception> V getOrCompute(
            K key, CacheLoader<? super K, ? extends V, X> loader, PutOption... options) throws X {
        Objects.requireNonNull(loader, "loader");
        PutSettings putSettings = PutSettings.of(options);
        // What could never be stored is refused before anything is loaded.
        customRecords.rows(putSettings.customMetadata());
        DigestedKey digested = digest(key);
        Lookup<V> found = find(key, digested, false);
        if (found instanceof Lookup.Hit<V> hit) {
            return hit.entry().value();
        }
        return flights.run(digested.digest(), () -> load(key, digested, loader, putSettings));
    }

    private <V, K extends CacheKey<V>, X extends Exception> V load(
            K key, DigestedKey digested, CacheLoader<? super K, ? extends V, X> loader, PutSettings options) throws X {
        // Somebody else may have loaded it between the miss and this caller's turn.
        if (attempt(key, digested.digest(), false) instanceof Lookup.Hit<V> hit) {
            return hit.entry().value();
        }
        OptionalLong invalidations = invalidationsOf(digested.digest());
        long start = System.nanoTime();
        V value;
        try {
            value = Objects.requireNonNull(loader.load(key), "The loader returned null; a value is never null");
        } catch (Throwable ex) {
            stats.loadFailure(digested.namespace(), System.nanoTime() - start);
            throw ex;
        }
        long nanos = System.nanoTime() - start;
        stats.load(digested.namespace(), nanos);
        if (invalidations.isPresent()) {
            storeLoaded(key, digested, value, options, invalidations.getAsLong(), Duration.ofNanos(nanos));
        }
        return value;
    }

    /** The loaded value counts for more than its being stored. */
    private <V> void storeLoaded(
            CacheKey<V> key, DigestedKey digested, V value, PutSettings options, long invalidations, Duration time) {
        try {
            store(key, digested, value, options, new PutCondition.IfNotInvalidated(invalidations), time);
        } catch (CacheException ex) {
            stats.storeFailure(digested.namespace());
            failures.warn(
                    "store-" + ex.getClass().getSimpleName(),
                    "The value loaded for key " + digested.digest() + " in namespace '" + digested.namespace()
                            + "' could not be stored",
                    ex);
        }
    }

    private OptionalLong invalidationsOf(String digest) {
        try {
            return OptionalLong.of(index.invalidations(digest));
        } catch (CacheMetadataException ex) {
            // Without the number nobody could tell later whether the loaded value is stale, so it will not be stored.
            failures.warn("backend-down", "The index does not answer; key " + digest + " is loaded and not stored", ex);
            return OptionalLong.empty();
        }
    }

    private <V> boolean store(
            CacheKey<?> key,
            DigestedKey digested,
            V value,
            PutSettings options,
            PutCondition condition,
            @Nullable Duration loadTime) {
        Objects.requireNonNull(value, "value");
        List<CustomRow> custom = customRecords.rows(options.customMetadata());
        EntryWriter.Outcome outcome = orClosed(() -> {
            custom.forEach(row -> customRecords.prepare(row.table()));
            return writer.write(key, digested, value, options, condition, custom, loadTime);
        });
        if (!outcome.result().stored()) {
            return false;
        }
        removals.forget(digested.digest());
        stats.put(digested.namespace());
        evictor.afterPut(outcome.entry().metadata().sizeBytes());
        return true;
    }

    private <V> Lookup<V> find(CacheKey<V> key, DigestedKey digested, boolean described, GetOption... options) {
        Lookup<V> answer = attempt(key, digested.digest(), described, options);
        if (answer instanceof Lookup.Miss<V> miss) {
            stats.miss(digested.namespace(), miss.reason());
        } else if (answer instanceof Lookup.Hit<V> hit) {
            stats.hit(digested.namespace(), hit.entry().metadata().loadTime());
            accessLog.record(digested.digest(), clock.instant());
        }
        return answer;
    }

    private <V> Lookup<V> attempt(CacheKey<V> key, String digest, boolean described, GetOption... options) {
        try {
            for (int i = 0; i < READ_ATTEMPTS; i++) {
                Optional<StoredEntry> row = described ? index.findDescribed(digest) : index.find(digest);
                if (row.isEmpty()) {
                    return new Lookup.Miss<>(removals.reasonOf(digest));
                }
                Optional<Lookup<V>> answer = read(key, row.get(), options);
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
            return new Lookup.Miss<>(MissReason.CORRUPT);
        } catch (CacheMetadataException ex) {
            ensureOpen();
            failures.warn("backend-down", "The index does not answer; key " + digest + " counts as a miss", ex);
            return new Lookup.Miss<>(MissReason.BACKEND_DOWN);
        }
    }

    /** Empty if the entry was replaced while it was read, so that it is worth trying again. */
    @SuppressWarnings("unchecked")
    private <V> Optional<Lookup<V>> read(CacheKey<V> key, StoredEntry entry, GetOption... options) {
        Instant now = clock.instant();
        if (entry.metadata().isExpired(now)) {
            discardExpired(entry);
            return Optional.of(new Lookup.Miss<>(MissReason.EXPIRED));
        }
        if (isTooOld(entry.metadata(), now, options)) {
            return Optional.of(new Lookup.Miss<>(MissReason.EXPIRED));
        }
        try {
            V value = (V) reader.read(entry, key.keyValueType());
            return Optional.of(new Lookup.Hit<>(new CacheEntry<>(value, entry.metadata())));
        } catch (NoSuchFileException ex) {
            boolean replaced = index.find(entry.digest())
                    .map(row -> !row.generation().equals(entry.generation()))
                    .orElse(true);
            if (replaced) {
                return Optional.empty();
            }
            return Optional.of(unreadable(
                    entry,
                    new UnreadableException(
                            MissReason.CORRUPT, "The blob " + entry.content().blobId() + " is gone", ex),
                    true));
        } catch (UnreadableException ex) {
            return Optional.of(unreadable(entry, ex, ex.damaged()));
        }
    }

    private static boolean isTooOld(EntryMetadata metadata, Instant now, GetOption... options) {
        for (GetOption option : options) {
            if (option instanceof GetOption.MaxAge max
                    && metadata.createdAt().plus(max.age()).isBefore(now)) {
                return true;
            }
        }
        return false;
    }

    private void discardExpired(StoredEntry entry) {
        List<EntryRef> removed = discard(entry);
        removals.record(removed, MissReason.EXPIRED);
        stats.expired(removed);
    }

    /** Removes what a read has found to be of no use; the answer to the reader does not depend on whether that works. */
    private List<EntryRef> discard(StoredEntry entry) {
        return orElse(List.of(), () -> store.remove(List.of(entry.ref())));
    }

    private <V> Lookup<V> unreadable(StoredEntry entry, UnreadableException cause, boolean discard) {
        failures.warn(
                "unreadable-" + cause.reason().label(),
                "The entry " + entry.digest() + " of namespace '"
                        + entry.metadata().namespace() + "' is a miss ("
                        + cause.reason().label() + "): " + cause.getMessage(),
                cause.getCause());
        if (discard) {
            discard(entry);
        }
        return new Lookup.Miss<>(cause.reason());
    }

    @Override
    public boolean exists(CacheKey<?> key) {
        String digest = digest(key).digest();
        return orElse(
                false,
                () -> index.find(digest)
                        .filter(row -> !row.metadata().isExpired(clock.instant()))
                        .isPresent());
    }

    @Override
    public Optional<EntryMetadata> metadata(CacheKey<?> key) {
        String digest = digest(key).digest();
        return orElse(
                Optional.empty(),
                () -> index.findDescribed(digest)
                        .map(StoredEntry::metadata)
                        .filter(metadata -> !metadata.isExpired(clock.instant())));
    }

    @Override
    public boolean touch(CacheKey<?> key, PutOption... options) {
        PutSettings putSettings = PutSettings.of(options);
        if (!putSettings.saysOnlyExpiry()) {
            throw new IllegalArgumentException("touch takes ttl(…) or noExpiry() and no other option");
        }
        DigestedKey digested = digest(key);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant expiresAt = putSettings.expiresAt(now, settings.ttlOf(digested.namespace()));
        return orClosed(() -> index.setExpiry(digested.digest(), now, expiresAt));
    }

    @Override
    public boolean updateMetadata(CacheKey<?> key, Map<String, ? extends @Nullable Object> changes) {
        Map<String, @Nullable Object> checked = AttributeChanges.check(changes);
        String digest = digest(key).digest();
        return orClosed(() -> index.updateAttributes(digest, clock.instant(), checked));
    }

    @Override
    public boolean invalidate(CacheKey<?> key) {
        return invalidateAll(List.of(key)) > 0;
    }

    @Override
    public int invalidateAll(Collection<? extends CacheKey<?>> keys) {
        List<String> digests = new ArrayList<>();
        for (CacheKey<?> key : keys) {
            digests.add(digest(key).digest());
        }
        List<EntryRef> removed = orClosed(() -> store.invalidate(digests));
        removals.record(removed, MissReason.INVALIDATED);
        return removed.size();
    }

    @Override
    public int invalidateNamespace(String namespace) {
        ensureOpen();
        return invalidateMatching(EntryFilter.ofNamespace(Objects.requireNonNull(namespace, "namespace")));
    }

    @Override
    public int invalidateWhere(EntryQuery query) {
        ensureOpen();
        return invalidateMatching(filterOf(query));
    }

    @Override
    public int clear() {
        ensureOpen();
        return invalidateMatching(EntryFilter.ALL);
    }

    private int invalidateMatching(EntryFilter filter) {
        int count = 0;
        List<EntryRef> removed;
        do {
            removed = orClosed(() -> store.invalidateMatching(filter, REMOVAL_BATCH));
            removals.record(removed, MissReason.INVALIDATED);
            count += removed.size();
        } while (removed.size() == REMOVAL_BATCH);
        return count;
    }

    @Override
    public List<EntryMetadata> entries(EntryQuery query) {
        ensureOpen();
        return orElse(List.of(), () -> index.list(filterOf(query), query.offset(), query.limit()));
    }

    @Override
    public long count(EntryQuery query) {
        ensureOpen();
        return orElse(0L, () -> index.count(filterOf(query)));
    }

    @Override
    public <R extends Record> CustomMetadataQuery<R> query(Class<R> record) {
        ensureOpen();
        return new RecordQuery<>(customRecords.mapping(record), customQueries);
    }

    @Override
    public List<Map<String, @Nullable Object>> query(String table, Map<String, ? extends @Nullable Object> equalTo) {
        return customQueries.byName(table, equalTo);
    }

    private EntryFilter filterOf(EntryQuery query) {
        return new EntryFilter(
                query.namespace(), query.digestPrefix(), query.attributes(), query.tags(), clock.instant());
    }

    @Override
    public CacheStats stats() {
        ensureOpen();
        return stats.all(orElse(Totals.NONE, index::totals), index.name(), store.blobBackendName());
    }

    @Override
    public CacheStats stats(String namespace) {
        ensureOpen();
        Objects.requireNonNull(namespace, "namespace");
        return stats.one(
                namespace, orElse(Totals.NONE, () -> index.totals(namespace)), index.name(), store.blobBackendName());
    }

    @Override
    public int cleanUpExpired() {
        ensureOpen();
        return orClosed(this::removeExpired);
    }

    private int removeExpired() {
        int count = 0;
        List<EntryRef> removed;
        do {
            removed = store.removeExpired(clock.instant(), REMOVAL_BATCH);
            removals.record(removed, MissReason.EXPIRED);
            stats.expired(removed);
            count += removed.size();
        } while (removed.size() == REMOVAL_BATCH);
        return count;
    }

    private void sweepOrphans() {
        try {
            int deleted = store.sweep();
            if (deleted > 0) {
                log.info("Deleted {} blobs that writers left behind", deleted);
            }
        } catch (IOException ex) {
            failures.warn("sweep", "Blobs that writers left behind could not be looked for", ex);
        }
    }

    @Override
    public IntegrityReport verify() {
        return check(false);
    }

    @Override
    public IntegrityReport repair() {
        return check(true);
    }

    private IntegrityReport check(boolean repair) {
        ensureOpen();
        var check = new IntegrityCheck(store, repair, removed -> removals.record(removed, MissReason.CORRUPT));
        IntegrityReport report = orClosed(check::run);
        if (!report.isSound()) {
            log.warn(
                    "Of {} entries {} have problems {}, and {} blobs belong to none; removed {} entries and {} blobs",
                    report.entries(),
                    report.problemCount(),
                    report.counts(),
                    report.orphans(),
                    report.removed(),
                    report.orphansDeleted());
        }
        return report;
    }

    @Override
    public void compact() {
        ensureOpen();
        orClosed(() -> {
            index.compact();
            return null;
        });
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        ensureOpen();
        return index.unwrap(Objects.requireNonNull(type, "type"));
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        maintenance.close();
        accessLog.flush();
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

    private DigestedKey digest(CacheKey<?> key) {
        ensureOpen();
        return digester.digest(Objects.requireNonNull(key, "key"));
    }

    private void ensureOpen() {
        if (closed) {
            throw new CacheClosedException();
        }
    }

    private <T> T whileOpen(Supplier<T> action) {
        ensureOpen();
        return orClosed(action);
    }

    /** A store that was closed meanwhile fails in its own way; the caller is told the reason. */
    private <T> T orClosed(Supplier<T> action) {
        try {
            return action.get();
        } catch (CacheException ex) {
            ensureOpen();
            throw ex;
        }
    }

    /** For reads, which do not fail because the index does. */
    private <T> T orElse(T fallback, Supplier<T> read) {
        try {
            return read.get();
        } catch (CacheMetadataException ex) {
            ensureOpen();
            failures.warn("backend-down", "The index does not answer", ex);
            return fallback;
        }
    }
}
