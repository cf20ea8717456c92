package dev.cacheness.internal.metadata;

import dev.cacheness.spi.EntryAccess;
import dev.cacheness.spi.StoredEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows, and how often entries were invalidated. Changes need the lock of the owner. */
final class IndexState {

    static final int STRIPES = 64;

    private final MemoryRows rows = new MemoryRows();

    private final MemoryCustomTables custom = new MemoryCustomTables(rows);

    private final long[] invalidations = new long[STRIPES];

    MemoryRows rows() {
        return rows;
    }

    MemoryCustomTables custom() {
        return custom;
    }

    long invalidations(String digest) {
        return invalidations[stripe(digest)];
    }

    void apply(Change change) {
        if (change instanceof Change.Put put) {
            rows.put(put.entry());
            custom.replace(put.entry().digest(), put.custom());
        } else if (change instanceof Change.Table table) {
            custom.define(table.table());
        } else if (change instanceof Change.Expiry expiry) {
            StoredEntry row = rows.find(expiry.digest());
            if (row != null) {
                rows.put(RowChanges.withExpiry(row, expiry.expiresAt()));
            }
        } else if (change instanceof Change.Accesses accesses) {
            accesses.accesses().forEach(this::apply);
        } else if (change instanceof Change.Removal removal) {
            removal.digests().forEach(this::forget);
            removal.invalidated().forEach(stripe -> invalidations[stripe]++);
        } else if (change instanceof Change.Counts counts) {
            for (int stripe = 0; stripe < STRIPES; stripe++) {
                invalidations[stripe] = counts.invalidations().get(stripe);
            }
        }
    }

    /** A row is gone, and what belongs to it. */
    void forget(String digest) {
        rows.remove(digest);
        custom.remove(digest);
    }

    void clear() {
        rows.clear();
        custom.clear();
    }

    private void apply(EntryAccess access) {
        StoredEntry row = rows.find(access.digest());
        if (row != null) {
            rows.put(RowChanges.withAccess(row, access));
        }
    }

    /** The changes that lead here from nothing. */
    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Counts(Arrays.stream(invalidations).boxed().toList()));
        custom.all().forEach(table -> changes.add(new Change.Table(table)));
        rows.newestFirst().forEach(row -> changes.add(new Change.Put(row, custom.of(row.digest()))));
        return changes;
    }

    /** Part of the format of a journal. */
    static int stripe(String digest) {
        return Math.floorMod(digest.hashCode(), STRIPES);
    }
}
