package dev.cacheness.engine;

import dev.cacheness.CacheBulkLoader;
import dev.cacheness.CacheEntry;
import dev.cacheness.CacheEventStats;
import dev.cacheness.CacheKey;
import dev.cacheness.CacheLoader;
import dev.cacheness.CacheStats;
import dev.cacheness.Cacheness;
import dev.cacheness.CustomMetadataQuery;
import dev.cacheness.EntryMetadata;
import dev.cacheness.EntryQuery;
import dev.cacheness.GetOption;
import dev.cacheness.IntegrityReport;
import dev.cacheness.Lookup;
import dev.cacheness.PutOption;
import dev.cacheness.StartedLoad;
import dev.cacheness.TransferReport;
import dev.cacheness.internal.key.DigestedKey;
import dev.cacheness.internal.key.KeyDigester;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerRegistry;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.StoredEntry;
import dev.cacheness.spi.Totals;
import java.nio.file.Path;
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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The engine: one method for each of the interface, which hands on to the part that does it. */
final class DefaultCacheness implements Cacheness {

    /** After so many look-ups in a row that the index did not answer, one is tried for each pause. */
    private static final int INDEX_FAILURES = 3;

    private static final Duration INDEX_PAUSE = Duration.ofSeconds(1);

    private final EntryStore store;

    private final MetadataBackend index;

    private final HandlerRegistry handlers;

    private final TrustingHandlers trusting;

    private final Lasting lasting;

    private final KeyDigester digester;

    private final Policies policies;

    private final EngineSettings settings;

    private final InstantSource clock;

    private final FailureLog failures;

    private final OpenState open;

    private final StatsRecorder stats = new StatsRecorder();

    private final EventQueue events;

    private final AccessLog accessLog;

    private final Expiry expiry;

    private final CustomRecords customRecords;

    private final CustomQueries customQueries;

    private final Reads reads;

    private final Writes writes;

    private final LoadGate gate;

    private final Loads loads;

    private final BulkLoads bulkLoads;

    private final Removals removals;

    private final ExpirySweep expirySweep;

    private final Upkeep upkeep;

    private final Maintenance maintenance;

    DefaultCacheness(
            EntryStore store,
            HandlerRegistry handlers,
            KeyDigester digester,
            Policies policies,
            EngineSettings settings,
            InstantSource clock,
            LoadGate gate,
            Upcasters upcasters) {
        this.store = store;
        this.index = store.index();
        this.handlers = handlers;
        this.digester = digester;
        this.policies = policies;
        this.settings = settings;
        this.clock = clock;
        this.failures = new FailureLog(clock);
        this.open = new OpenState(failures);
        this.maintenance = new Maintenance(failures);
        this.events = new EventQueue(settings.listeners(), failures);
        this.accessLog = new AccessLog(index, failures);
        this.expiry = new Expiry(policies, accessLog, index);
        this.customRecords = new CustomRecords(index);
        var recent = new RecentRemovals();
        var happenings = new Happenings(stats, recent, events, clock);
        var evictor = new Evictor(store, accessLog, happenings, failures, settings.maxSizeBytes());
        var namespaceEvictor = new NamespaceEvictor(store, policies, accessLog, happenings, failures, clock);
        this.trusting = new TrustingHandlers(handlers, policies);
        this.lasting = new Lasting(index, policies);
        var writer = new EntryWriter(store, new ValueWriter(handlers), trusting, digester, policies, clock, lasting);
        this.removals =
                new Removals(store, happenings, open, new MissedInvalidations(store, happenings, failures), lasting);
        var breaker = new Breaker(INDEX_FAILURES, INDEX_PAUSE, clock);
        this.customQueries = new CustomQueries(store, customRecords, clock, removals, open);
        var shared = new SharedValues(index.unwrap(MemoryLayer.class).orElse(null), policies);
        this.reads = new Reads(
                store,
                new ValueReader(store, trusting, upcasters, shared),
                policies,
                expiry,
                clock,
                breaker,
                removals.missed(),
                recent,
                happenings,
                accessLog,
                failures,
                open);
        this.writes =
                new Writes(writer, policies, customRecords, removals, evictor, namespaceEvictor, happenings, open);
        this.gate = gate;
        this.loads = new Loads(index, reads, writes, gate, breaker, policies, happenings, failures, clock);
        this.bulkLoads = new BulkLoads(reads, loads, gate, policies, failures, clock);
        this.expirySweep = new ExpirySweep(store, policies, accessLog, clock, happenings);
        this.upkeep =
                new Upkeep(store, removals, expirySweep, evictor, namespaceEvictor, accessLog, happenings, failures);
    }

    void start() {
        upkeep.schedule(maintenance, settings.cleanUpOnInit());
    }

    @Override
    public <V> String put(CacheKey<? super V> key, V value, PutOption... options) {
        DigestedKey digested = digest(key);
        writes.store(key, digested, value, PutSettings.of(options), PutCondition.ALWAYS, null);
        return digested.digest();
    }

    @Override
    public <V> boolean putIfAbsent(CacheKey<? super V> key, V value, PutOption... options) {
        return writes.store(
                        key,
                        digest(key),
                        value,
                        PutSettings.of(options),
                        new PutCondition.IfAbsent(clock.instant()),
                        null)
                != null;
    }

    @Override
    public <V> boolean replace(CacheKey<? super V> key, V value, PutOption... options) {
        return writes.store(
                        key,
                        digest(key),
                        value,
                        PutSettings.of(options),
                        new PutCondition.IfPresent(clock.instant()),
                        null)
                != null;
    }

    @Override
    public <V> void putAll(Map<? extends CacheKey<? super V>, ? extends V> values, PutOption... options) {
        values.forEach((key, value) -> put(key, value, options));
    }

    @Override
    public <V> Optional<V> get(CacheKey<V> key, GetOption... options) {
        return reads.find(key, digest(key), false, options).value();
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
        return reads.find(key, digest(key), true, options);
    }

    @Override
    public <V, K extends CacheKey<V>, X extends Exception> V getOrCompute(
            K key, CacheLoader<? super K, ? extends V, X> loader, PutOption... options) throws X {
        return getOrCompute(key, false, loader, options).value();
    }

    @Override
    public <V, K extends CacheKey<V>, X extends Exception> CacheEntry<V> getOrComputeEntry(
            K key, CacheLoader<? super K, ? extends V, X> loader, PutOption... options) throws X {
        return getOrCompute(key, true, loader, options);
    }

    @Override
    public <V, K extends CacheKey<V>, X extends Exception> Map<K, V> getAllOrCompute(
            Collection<? extends K> keys, CacheBulkLoader<K, V, X> loader, PutOption... options) throws X {
        Objects.requireNonNull(loader, "loader");
        PutSettings putSettings = PutSettings.of(options);
        writes.check(putSettings);
        Map<K, DigestedKey> digested = new LinkedHashMap<>();
        for (K key : keys) {
            digested.put(key, digest(key));
        }
        return bulkLoads.getOrLoad(digested, loader, putSettings);
    }

    private <V, K extends CacheKey<V>, X extends Exception> CacheEntry<V> getOrCompute(
            K key, boolean described, CacheLoader<? super K, ? extends V, X> loader, PutOption... options) throws X {
        Objects.requireNonNull(loader, "loader");
        PutSettings putSettings = PutSettings.of(options);
        // What could never be stored is refused before anything is loaded.
        writes.check(putSettings);
        return loads.getOrLoad(key, digest(key), described, loader, putSettings);
    }

    @Override
    public <V> StartedLoad<V> startLoad(CacheKey<V> key) {
        return loads.start(key, digest(key));
    }

    @Override
    public boolean exists(CacheKey<?> key) {
        String digest = digest(key).digest();
        return removals.missed().allow(digest)
                && open.orElse(
                        false,
                        () -> index.find(digest)
                                .filter(row -> !expiry.isExpired(row.metadata(), clock.instant()))
                                .isPresent());
    }

    @Override
    public Optional<EntryMetadata> metadata(CacheKey<?> key) {
        String digest = digest(key).digest();
        if (!removals.missed().allow(digest)) {
            return Optional.empty();
        }
        return open.orElse(
                Optional.empty(),
                () -> index.findDescribed(digest)
                        .map(StoredEntry::metadata)
                        .filter(metadata -> !expiry.isExpired(metadata, clock.instant())));
    }

    @Override
    public boolean touch(CacheKey<?> key, PutOption... options) {
        PutSettings putSettings = PutSettings.of(options);
        if (!putSettings.saysOnlyExpiry()) {
            throw new IllegalArgumentException("touch takes ttl(…) or noExpiry() and no other option");
        }
        DigestedKey digested = digest(key);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant expiresAt =
                putSettings.expiresAt(now, policies.of(digested.namespace()).ttl());
        return changing(digested, () -> index.setExpiry(digested.digest(), now, expiresAt));
    }

    @Override
    public boolean updateMetadata(CacheKey<?> key, Map<String, ? extends @Nullable Object> changes) {
        Map<String, @Nullable Object> checked = AttributeChanges.check(changes);
        DigestedKey digested = digest(key);
        return changing(digested, () -> index.updateAttributes(digested.digest(), clock.instant(), checked));
    }

    private boolean changing(DigestedKey digested, BooleanSupplier change) {
        return open.orClosed(() -> {
            boolean changed = change.getAsBoolean();
            if (changed) {
                lasting.changed(digested.namespace());
            }
            return changed;
        });
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
        return removals.invalidate(digests);
    }

    @Override
    public int invalidateNamespace(String namespace) {
        open.ensureOpen();
        return removals.invalidateMatching(EntryFilter.ofNamespace(Objects.requireNonNull(namespace, "namespace")));
    }

    @Override
    public int invalidateWhere(EntryQuery query) {
        open.ensureOpen();
        return removals.invalidateMatching(filterOf(query));
    }

    @Override
    public int clear() {
        open.ensureOpen();
        return removals.invalidateMatching(EntryFilter.ALL);
    }

    @Override
    public List<EntryMetadata> entries(EntryQuery query) {
        open.ensureOpen();
        return open.orElse(List.of(), () -> index.list(filterOf(query), query.offset(), query.limit()));
    }

    @Override
    public long count(EntryQuery query) {
        open.ensureOpen();
        return open.orElse(0L, () -> index.count(filterOf(query)));
    }

    @Override
    public <R extends Record> CustomMetadataQuery<R> query(Class<R> record) {
        open.ensureOpen();
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
        open.ensureOpen();
        return stats.all(open.orElse(Totals.NONE, index::totals), index.name(), store.blobBackendName());
    }

    @Override
    public CacheStats stats(String namespace) {
        open.ensureOpen();
        Objects.requireNonNull(namespace, "namespace");
        return stats.one(
                namespace,
                open.orElse(Totals.NONE, () -> index.totals(namespace)),
                index.name(),
                store.blobBackendName());
    }

    @Override
    public int cleanUpExpired() {
        open.ensureOpen();
        return open.orClosed(expirySweep::run);
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
        return open.whileOpen(() -> upkeep.check(repair));
    }

    @Override
    public TransferReport exportTo(EntryQuery query, Path bundle) {
        Objects.requireNonNull(bundle, "bundle");
        return open.whileOpen(() -> Bundles.write(transferEnd(), filterOf(query), bundle));
    }

    @Override
    public TransferReport importFrom(Path bundle) {
        Objects.requireNonNull(bundle, "bundle");
        return open.whileOpen(() -> Bundles.read(bundle, transferEnd()));
    }

    TransferEnd transferEnd() {
        open.ensureOpen();
        return new TransferEnd(store, TransferEnd.settings(policies, handlers), clock, StoreKind.CACHE, () -> {});
    }

    @Override
    public void compact() {
        open.ensureOpen();
        open.orClosed(() -> {
            index.compact();
            return null;
        });
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        open.ensureOpen();
        if (type == CachePolicies.class) {
            return Optional.of(type.cast(policies));
        }
        if (type == KeyDigests.class) {
            return Optional.of(type.cast((KeyDigests) key -> digest(key).digest()));
        }
        if (type == CacheEventStats.class) {
            return events.hasListeners() ? Optional.of(type.cast(events.stats())) : Optional.empty();
        }
        return index.unwrap(Objects.requireNonNull(type, "type"));
    }

    @Override
    public void close() {
        if (!open.close()) {
            return;
        }
        loads.close();
        gate.close();
        maintenance.close();
        accessLog.flush();
        store.close();
        events.close();
        handlers.list().forEach(this::close);
        trusting.variants().forEach(this::close);
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
        open.ensureOpen();
        return digester.digest(Objects.requireNonNull(key, "key"));
    }
}
