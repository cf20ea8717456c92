package dev.cacheness.internal.metadata;

import dev.cacheness.spi.CustomTable;
import dev.cacheness.spi.EntryAccess;
import dev.cacheness.spi.StoredEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One step from one state of an index to the next. */
sealed interface Change {

    /**
     * A row is there, in place of the one that the digest had.
     *
     * @param custom its rows of custom metadata: values other than null by table and column
     */
    record Put(StoredEntry entry, Map<String, Map<String, Object>> custom) implements Change {}

    /** A table of custom metadata has these columns, and those that it had. */
    record Table(CustomTable table) implements Change {}

    /** A row that is there has another expiry. */
    record Expiry(String digest, @Nullable Instant expiresAt) implements Change {}

    /** Rows, as far as they are there, were accessed. */
    record Accesses(List<EntryAccess> accesses) implements Change {}

    /**
     * Rows are gone.
     *
     * @param invalidated the stripes that count one invalidation more
     */
    record Removal(List<String> digests, List<Integer> invalidated) implements Change {}

    /** How often the digests of each stripe were invalidated. */
    record Counts(List<Long> invalidations) implements Change {}

    /** The digests of the rows that differ afterwards, other than in their accesses. */
    default List<String> digests() {
        if (this instanceof Put put) {
            return List.of(put.entry().digest());
        }
        if (this instanceof Expiry expiry) {
            return List.of(expiry.digest());
        }
        return this instanceof Removal removal ? removal.digests() : List.of();
    }
}
