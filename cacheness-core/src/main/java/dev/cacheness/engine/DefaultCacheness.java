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
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.Totals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The engine: one method for each of the interface, which hands on to the part that does it. */
final class DefaultCacheness implements Cacheness {

    private final EngineParts parts;

    DefaultCacheness(EngineParts parts) {
        this.parts = parts;
    }

    @Override
    public <V> String put(CacheKey<? super V> key, V value, PutOption... options) {
        DigestedKey digested = digest(key);
        parts.writes.store(key, digested, value, PutSettings.of(options), PutCondition.ALWAYS, null);
        return digested.digest();
    }

    @Override
    public <V> boolean putIfAbsent(CacheKey<? super V> key, V value, PutOption... options) {
        return parts.writes.store(
                        key,
                        digest(key),
                        value,
                        PutSettings.of(options),
                        new PutCondition.IfAbsent(parts.clock.instant()),
                        null)
                != null;
    }

    @Override
    public <V> boolean replace(CacheKey<? super V> key, V value, PutOption... options) {
        return parts.writes.store(
                        key,
                        digest(key),
                        value,
                        PutSettings.of(options),
                        new PutCondition.IfPresent(parts.clock.instant()),
                        null)
                != null;
    }

    @Override
    public <V> void putAll(Map<? extends CacheKey<? super V>, ? extends V> values, PutOption... options) {
        values.forEach((key, value) -> put(key, value, options));
    }

    @Override
    public <V> Optional<V> get(CacheKey<V> key, GetOption... options) {
        return parts.reads.find(key, digest(key), false, options).value();
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
        return parts.reads.find(key, digest(key), true, options);
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
        parts.writes.check(putSettings);
        Map<K, DigestedKey> digested = new LinkedHashMap<>();
        for (K key : keys) {
            digested.put(key, digest(key));
        }
        return parts.bulkLoads.getOrLoad(digested, loader, putSettings);
    }

    private <V, K extends CacheKey<V>, X extends Exception> CacheEntry<V> getOrCompute(
            K key, boolean described, CacheLoader<? super K, ? extends V, X> loader, PutOption... options) throws X {
        Objects.requireNonNull(loader, "loader");
        PutSettings putSettings = PutSettings.of(options);
        // What could never be stored is refused before anything is loaded.
        parts.writes.check(putSettings);
        return parts.loads.getOrLoad(key, digest(key), described, loader, putSettings);
    }

    @Override
    public <V> StartedLoad<V> startLoad(CacheKey<V> key) {
        return parts.loads.start(key, digest(key));
    }

    @Override
    public boolean exists(CacheKey<?> key) {
        return parts.facts.exists(digest(key).digest());
    }

    @Override
    public Optional<EntryMetadata> metadata(CacheKey<?> key) {
        return parts.facts.metadata(digest(key).digest());
    }

    @Override
    public boolean touch(CacheKey<?> key, PutOption... options) {
        return parts.facts.touch(digest(key), PutSettings.of(options));
    }

    @Override
    public boolean updateMetadata(CacheKey<?> key, Map<String, ? extends @Nullable Object> changes) {
        return parts.facts.update(digest(key), changes);
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
        return parts.removals.invalidate(digests);
    }

    @Override
    public int invalidateNamespace(String namespace) {
        parts.open.ensureOpen();
        return parts.removals.invalidateMatching(
                EntryFilter.ofNamespace(Objects.requireNonNull(namespace, "namespace")));
    }

    @Override
    public int invalidateWhere(EntryQuery query) {
        parts.open.ensureOpen();
        return parts.removals.invalidateMatching(filterOf(query));
    }

    @Override
    public int clear() {
        parts.open.ensureOpen();
        return parts.removals.invalidateMatching(EntryFilter.ALL);
    }

    @Override
    public List<EntryMetadata> entries(EntryQuery query) {
        parts.open.ensureOpen();
        return parts.open.orElse(List.of(), () -> parts.index.list(filterOf(query), query.offset(), query.limit()));
    }

    @Override
    public long count(EntryQuery query) {
        parts.open.ensureOpen();
        return parts.open.orElse(0L, () -> parts.index.count(filterOf(query)));
    }

    @Override
    public <R extends Record> CustomMetadataQuery<R> query(Class<R> record) {
        parts.open.ensureOpen();
        return new RecordQuery<>(parts.customRecords.mapping(record), parts.customQueries);
    }

    @Override
    public List<Map<String, @Nullable Object>> query(String table, Map<String, ? extends @Nullable Object> equalTo) {
        return parts.customQueries.byName(table, equalTo);
    }

    private EntryFilter filterOf(EntryQuery query) {
        return new EntryFilter(
                query.namespace(), query.digestPrefix(), query.attributes(), query.tags(), parts.clock.instant());
    }

    @Override
    public CacheStats stats() {
        parts.open.ensureOpen();
        return parts.stats.all(
                parts.open.orElse(Totals.NONE, parts.index::totals), parts.index.name(), parts.store.blobBackendName());
    }

    @Override
    public CacheStats stats(String namespace) {
        parts.open.ensureOpen();
        Objects.requireNonNull(namespace, "namespace");
        return parts.stats.one(
                namespace,
                parts.open.orElse(Totals.NONE, () -> parts.index.totals(namespace)),
                parts.index.name(),
                parts.store.blobBackendName());
    }

    @Override
    public int cleanUpExpired() {
        parts.open.ensureOpen();
        return parts.open.orClosed(parts.expirySweep::run);
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
        return parts.open.whileOpen(() -> parts.upkeep.check(repair));
    }

    @Override
    public TransferReport exportTo(EntryQuery query, Path bundle) {
        Objects.requireNonNull(bundle, "bundle");
        return parts.open.whileOpen(() -> Bundles.write(transferEnd(), filterOf(query), bundle));
    }

    @Override
    public TransferReport importFrom(Path bundle) {
        Objects.requireNonNull(bundle, "bundle");
        return parts.open.whileOpen(() -> Bundles.read(bundle, transferEnd()));
    }

    TransferEnd transferEnd() {
        parts.open.ensureOpen();
        return new TransferEnd(
                parts.store,
                TransferEnd.settings(parts.policies, parts.handlers),
                parts.clock,
                StoreKind.CACHE,
                () -> {});
    }

    @Override
    public void compact() {
        parts.open.ensureOpen();
        parts.open.orClosed(() -> {
            parts.index.compact();
            return null;
        });
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        parts.open.ensureOpen();
        if (type == CachePolicies.class) {
            return Optional.of(type.cast(parts.policies));
        }
        if (type == LoadAdvice.class) {
            return Optional.of(type.cast(parts.advice));
        }
        if (type == KeyDigests.class) {
            return Optional.of(type.cast((KeyDigests) parts::digest));
        }
        if (type == CacheEventStats.class) {
            return parts.events.hasListeners() ? Optional.of(type.cast(parts.events.stats())) : Optional.empty();
        }
        return parts.index.unwrap(Objects.requireNonNull(type, "type"));
    }

    @Override
    public void close() {
        parts.close();
    }

    private DigestedKey digest(CacheKey<?> key) {
        return parts.digest(key);
    }
}
