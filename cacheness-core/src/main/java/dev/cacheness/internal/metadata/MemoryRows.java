package dev.cacheness.internal.metadata;

import dev.cacheness.spi.StoredEntry;
import dev.cacheness.spi.Totals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The rows and the orders they are asked for in. {@link #find} may be called by any thread; all else needs the lock of the owner. */
final class MemoryRows {

    private static final Comparator<StoredEntry> BY_DIGEST = Comparator.comparing(StoredEntry::digest);

    private final Map<String, StoredEntry> rows = new ConcurrentHashMap<>();

    private final TreeSet<String> digests = new TreeSet<>();

    private final TreeSet<StoredEntry> newestFirst = new TreeSet<>(
            Comparator.<StoredEntry, Instant>comparing(row -> row.metadata().createdAt())
                    .reversed()
                    .thenComparing(BY_DIGEST));

    private final TreeSet<StoredEntry> leastRecentlyAccessed = new TreeSet<>(
            Comparator.<StoredEntry, Instant>comparing(row -> row.metadata().accessedAt())
                    .thenComparing(BY_DIGEST));

    private final TreeSet<StoredEntry> byExpiry =
            new TreeSet<>(Comparator.comparing(MemoryRows::expiry).thenComparing(BY_DIGEST));

    private long sizeBytes;

    @Nullable
    StoredEntry find(String digest) {
        return rows.get(digest);
    }

    /** The row whose digest comes last among those that begin with the prefix. */
    @Nullable
    StoredEntry last(String digestPrefix) {
        String last = digests.lower(digestPrefix + Character.MAX_VALUE);
        return last != null && last.startsWith(digestPrefix) ? rows.get(last) : null;
    }

    void put(StoredEntry row) {
        StoredEntry former = rows.put(row.digest(), row);
        if (former != null) {
            forget(former);
        } else {
            digests.add(row.digest());
        }
        newestFirst.add(row);
        leastRecentlyAccessed.add(row);
        if (row.metadata().expiresAt() != null) {
            byExpiry.add(row);
        }
        sizeBytes += row.metadata().sizeBytes();
    }

    @Nullable
    StoredEntry remove(String digest) {
        StoredEntry former = rows.remove(digest);
        if (former != null) {
            digests.remove(digest);
            forget(former);
        }
        return former;
    }

    private void forget(StoredEntry row) {
        newestFirst.remove(row);
        leastRecentlyAccessed.remove(row);
        if (row.metadata().expiresAt() != null) {
            byExpiry.remove(row);
        }
        sizeBytes -= row.metadata().sizeBytes();
    }

    Collection<StoredEntry> newestFirst() {
        return newestFirst;
    }

    Collection<StoredEntry> leastRecentlyAccessed() {
        return leastRecentlyAccessed;
    }

    List<StoredEntry> expired(Instant now, int limit) {
        var expired = new ArrayList<StoredEntry>();
        for (StoredEntry row : byExpiry) {
            if (expired.size() == limit || !row.metadata().isExpired(now)) {
                break;
            }
            expired.add(row);
        }
        return expired;
    }

    int size() {
        return rows.size();
    }

    Totals totals() {
        if (rows.isEmpty()) {
            return Totals.NONE;
        }
        return new Totals(
                rows.size(),
                sizeBytes,
                newestFirst.last().metadata().createdAt(),
                newestFirst.first().metadata().createdAt());
    }

    void clear() {
        rows.clear();
        digests.clear();
        newestFirst.clear();
        leastRecentlyAccessed.clear();
        byExpiry.clear();
        sizeBytes = 0;
    }

    private static Instant expiry(StoredEntry row) {
        return Objects.requireNonNull(row.metadata().expiresAt());
    }
}
