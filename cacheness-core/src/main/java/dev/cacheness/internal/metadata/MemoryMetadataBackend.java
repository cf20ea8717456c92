package dev.cacheness.internal.metadata;

import dev.cacheness.EntryMetadata;
import dev.cacheness.spi.EntryAccess;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.PutResult;
import dev.cacheness.spi.StoredEntry;
import dev.cacheness.spi.Totals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The index in memory, and the reference for what every other one has to answer. One lock for all but the lookup of a row. */
final class MemoryMetadataBackend implements MetadataBackend {

    static final String NAME = "memory";

    private static final int STRIPES = 64;

    private final ReentrantLock lock = new ReentrantLock();

    private final MemoryRows rows = new MemoryRows();

    private final long[] invalidations = new long[STRIPES];

    @Override
    public String name() {
        return NAME;
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
    public PutResult put(StoredEntry entry, PutCondition condition) {
        return locked(() -> {
            StoredEntry former = rows.find(entry.digest());
            if (!holds(condition, entry.digest(), former)) {
                return PutResult.NOT_STORED;
            }
            rows.put(entry);
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
        if (condition instanceof PutCondition.IfNotInvalidated unchanged) {
            return invalidations[stripe(digest)] == unchanged.invalidations();
        }
        return true;
    }

    @Override
    public long invalidations(String digest) {
        return locked(() -> invalidations[stripe(digest)]);
    }

    @Override
    public boolean setExpiry(String digest, Instant now, @Nullable Instant expiresAt) {
        return locked(() -> {
            StoredEntry row = rows.find(digest);
            if (row == null || row.metadata().isExpired(now)) {
                return false;
            }
            rows.put(RowChanges.withExpiry(row, expiresAt));
            return true;
        });
    }

    @Override
    public void recordAccesses(Collection<EntryAccess> accesses) {
        locked(() -> {
            for (EntryAccess access : accesses) {
                StoredEntry row = rows.find(access.digest());
                if (row != null) {
                    rows.put(RowChanges.withAccess(row, access));
                }
            }
            return true;
        });
    }

    @Override
    public List<EntryRef> remove(Collection<EntryRef> entries) {
        return locked(() -> {
            var removed = new ArrayList<EntryRef>();
            for (EntryRef entry : entries) {
                StoredEntry row = rows.find(entry.digest());
                if (row != null && row.generation().equals(entry.generation())) {
                    rows.remove(entry.digest());
                    removed.add(row.ref());
                }
            }
            return removed;
        });
    }

    @Override
    public List<EntryRef> removeExpired(Instant now, int limit) {
        return locked(() -> removeAll(rows.expired(now, limit)));
    }

    @Override
    public List<EntryRef> invalidate(Collection<String> digests) {
        return locked(() -> {
            var removed = new ArrayList<EntryRef>();
            for (String digest : digests) {
                invalidations[stripe(digest)]++;
                StoredEntry row = rows.remove(digest);
                if (row != null) {
                    removed.add(row.ref());
                }
            }
            return removed;
        });
    }

    @Override
    public List<EntryRef> invalidateMatching(EntryFilter filter, int limit) {
        return locked(() -> {
            for (int stripe = 0; stripe < STRIPES; stripe++) {
                invalidations[stripe]++;
            }
            return removeAll(matching(filter).limit(limit).toList());
        });
    }

    private List<EntryRef> removeAll(List<StoredEntry> doomed) {
        var removed = new ArrayList<EntryRef>(doomed.size());
        for (StoredEntry row : doomed) {
            rows.remove(row.digest());
            removed.add(row.ref());
        }
        return removed;
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
                && row.attributes().entrySet().containsAll(filter.attributes().entrySet())
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
    public void close() {
        locked(() -> {
            rows.clear();
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

    private static int stripe(String digest) {
        return Math.floorMod(digest.hashCode(), STRIPES);
    }
}
