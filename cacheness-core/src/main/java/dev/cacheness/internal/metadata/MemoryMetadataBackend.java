package dev.cacheness.internal.metadata;

import dev.cacheness.EntryMetadata;
import dev.cacheness.spi.CustomMatch;
import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.CustomSelection;
import dev.cacheness.spi.CustomTable;
import dev.cacheness.spi.EntryAccess;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.PutResult;
import dev.cacheness.spi.StoredEntry;
import dev.cacheness.spi.Totals;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The index in memory, and the reference for what every other one has to answer; with a log of its changes, it outlives the process. One lock for all but
 * the lookup of a row.
 */
final class MemoryMetadataBackend implements MetadataBackend {

    static final String NAME = "memory";

    private static final List<Integer> ALL_STRIPES =
            IntStream.range(0, IndexState.STRIPES).boxed().toList();

    private final ReentrantLock lock = new ReentrantLock();

    private final String name;

    private final IndexState state;

    private final MemoryRows rows;

    private final MemoryCustomTables customTables;

    private final ChangeLog log;

    MemoryMetadataBackend() {
        this(NAME, new IndexState(), ChangeLog.NONE);
    }

    MemoryMetadataBackend(String name, IndexState state, ChangeLog log) {
        this.name = name;
        this.state = state;
        this.rows = state.rows();
        this.log = log;
        this.customTables = state.custom();
    }

    @Override
    public String name() {
        return name;
    }

    private void change(Change change) {
        log.append(change);
        state.apply(change);
        log.applied(state);
    }

    @Override
    public Optional<StoredEntry> find(String digest) {
        return Optional.ofNullable(rows.find(digest));
    }

    @Override
    public Optional<StoredEntry> findDescribed(String digest) {
        return find(digest);
    }

    @Override
    public Optional<StoredEntry> findLast(String digestPrefix) {
        return locked(() -> Optional.ofNullable(rows.last(digestPrefix)));
    }

    @Override
    public PutResult put(StoredEntry entry, PutCondition condition) {
        return put(entry, condition, List.of());
    }

    @Override
    public PutResult put(StoredEntry entry, PutCondition condition, List<CustomRow> custom) {
        return locked(() -> {
            StoredEntry former = rows.find(entry.digest());
            if (!holds(condition, entry.digest(), former)) {
                return PutResult.NOT_STORED;
            }
            customTables.refuseTaken(custom, entry);
            change(new Change.Put(entry, MemoryCustomTables.byName(custom)));
            return new PutResult(true, former == null ? null : former.ref());
        });
    }

    private boolean holds(PutCondition condition, String digest, @Nullable StoredEntry former) {
        if (condition instanceof PutCondition.IfAbsent absent) {
            return former == null || former.metadata().isExpired(absent.now());
        }
        if (condition instanceof PutCondition.IfPresent present) {
            return former != null && !former.metadata().isExpired(present.now());
        }
        if (condition instanceof PutCondition.IfGeneration same) {
            return former != null && former.generation().equals(same.generation());
        }
        if (condition instanceof PutCondition.IfNotInvalidated unchanged) {
            return state.invalidations(digest) == unchanged.invalidations();
        }
        return true;
    }

    @Override
    public long invalidations(String digest) {
        return locked(() -> state.invalidations(digest));
    }

    @Override
    public boolean setExpiry(String digest, Instant now, @Nullable Instant expiresAt) {
        return locked(() -> {
            StoredEntry row = rows.find(digest);
            if (row == null || row.metadata().isExpired(now)) {
                return false;
            }
            change(new Change.Expiry(digest, expiresAt));
            return true;
        });
    }

    @Override
    public boolean updateAttributes(String digest, Instant now, Map<String, ? extends @Nullable Object> changes) {
        return locked(() -> {
            StoredEntry row = rows.find(digest);
            if (row == null || row.metadata().isExpired(now)) {
                return false;
            }
            change(new Change.Put(RowChanges.withAttributes(row, changes), customTables.of(digest)));
            return true;
        });
    }

    @Override
    public void recordAccesses(Collection<EntryAccess> accesses) {
        locked(() -> {
            List<EntryAccess> known = accesses.stream()
                    .filter(access -> rows.find(access.digest()) != null)
                    .toList();
            if (!known.isEmpty()) {
                change(new Change.Accesses(known));
            }
            return true;
        });
    }

    @Override
    public List<EntryRef> remove(Collection<EntryRef> entries) {
        return locked(() -> {
            var doomed = new LinkedHashMap<String, StoredEntry>();
            for (EntryRef entry : entries) {
                StoredEntry row = rows.find(entry.digest());
                if (row != null && row.generation().equals(entry.generation())) {
                    doomed.put(row.digest(), row);
                }
            }
            return removeAll(doomed.values(), List.of());
        });
    }

    @Override
    public List<EntryRef> removeExpired(Instant now, int limit) {
        return locked(() -> removeAll(rows.expired(now, limit), List.of()));
    }

    @Override
    public List<EntryRef> invalidate(Collection<String> digests) {
        return locked(() -> {
            var doomed = new LinkedHashMap<String, StoredEntry>();
            for (String digest : digests) {
                StoredEntry row = rows.find(digest);
                if (row != null) {
                    doomed.put(digest, row);
                }
            }
            return removeAll(
                    doomed.values(), digests.stream().map(IndexState::stripe).toList());
        });
    }

    @Override
    public List<EntryRef> invalidateMatching(EntryFilter filter, int limit) {
        return locked(() -> removeAll(matching(filter).limit(limit).toList(), ALL_STRIPES));
    }

    private List<EntryRef> removeAll(Collection<StoredEntry> doomed, List<Integer> invalidated) {
        List<EntryRef> removed = doomed.stream().map(StoredEntry::ref).toList();
        if (!removed.isEmpty() || !invalidated.isEmpty()) {
            change(new Change.Removal(removed.stream().map(EntryRef::digest).toList(), invalidated));
        }
        return removed;
    }

    @Override
    public void prepareCustomTable(CustomTable table) {
        locked(() -> {
            if (customTables.lacks(table)) {
                change(new Change.Table(table));
            }
            return true;
        });
    }

    @Override
    public List<CustomTable> customTables() {
        return locked(() -> customTables.all());
    }

    @Override
    public List<CustomMatch> customMatches(CustomSelection selection) {
        return locked(() -> customTables.select(selection));
    }

    @Override
    public long countCustom(CustomSelection selection) {
        return locked(() -> customTables.matching(selection).count());
    }

    @Override
    public List<EntryRef> invalidateCustom(CustomSelection selection, int limit) {
        return locked(() -> {
            List<StoredEntry> doomed =
                    customTables.matching(selection).limit(limit).toList();
            return removeAll(doomed, ALL_STRIPES);
        });
    }

    @Override
    public List<EntryRef> leastRecentlyAccessed(int limit) {
        return locked(() -> rows.leastRecentlyAccessed().stream()
                .limit(limit)
                .map(StoredEntry::ref)
                .toList());
    }

    @Override
    public List<EntryMetadata> list(EntryFilter filter, int offset, int limit) {
        return locked(() -> matching(filter)
                .skip(offset)
                .limit(limit)
                .map(StoredEntry::metadata)
                .toList());
    }

    @Override
    public long count(EntryFilter filter) {
        return locked(() -> matching(filter).count());
    }

    private Stream<StoredEntry> matching(EntryFilter filter) {
        return rows.newestFirst().stream().filter(row -> matches(row.metadata(), filter));
    }

    private static boolean matches(EntryMetadata row, EntryFilter filter) {
        return (filter.namespace() == null || filter.namespace().equals(row.namespace()))
                && row.digest().startsWith(filter.digestPrefix())
                && filter.attributes().stream().allMatch(condition -> AttributeMatch.holds(condition, row.attributes()))
                && row.tags().containsAll(filter.tags())
                && (filter.aliveAt() == null || !row.isExpired(filter.aliveAt()));
    }

    @Override
    public Totals totals() {
        return locked(rows::totals);
    }

    @Override
    public Totals totals(String namespace) {
        return locked(() -> {
            List<StoredEntry> found =
                    matching(EntryFilter.ofNamespace(namespace)).toList();
            if (found.isEmpty()) {
                return Totals.NONE;
            }
            return new Totals(
                    found.size(),
                    found.stream().mapToLong(row -> row.metadata().sizeBytes()).sum(),
                    found.get(found.size() - 1).metadata().createdAt(),
                    found.get(0).metadata().createdAt());
        });
    }

    @Override
    public Set<String> referencedBlobs(Collection<String> blobIds) {
        return locked(() -> {
            var referenced = new HashSet<String>();
            var asked = new HashSet<>(blobIds);
            for (StoredEntry row : rows.newestFirst()) {
                String blobId = row.content().blobId();
                if (blobId != null && asked.contains(blobId)) {
                    referenced.add(blobId);
                }
            }
            return referenced;
        });
    }

    @Override
    public boolean force() {
        return locked(() -> {
            log.force();
            return true;
        });
    }

    @Override
    public void close() {
        locked(() -> {
            log.close();
            state.clear();
            return true;
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return Objects.requireNonNull(work.get());
        } finally {
            lock.unlock();
        }
    }
}
