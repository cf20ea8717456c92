package dev.cacheness.engine;

import dev.cacheness.EntryMetadata;
import dev.cacheness.internal.key.BlobKeys;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.StoredEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The versions of keys. Each is a row of its own, and the one with the highest number is the value of the key: storing it is all that makes it so, and
 * nothing else has to be changed with it. Thread-safe.
 */
final class ArtifactVersions {

    private final EntryStore store;

    private final MetadataBackend index;

    ArtifactVersions(EntryStore store) {
        this.store = store;
        this.index = store.index();
    }

    /** The latest one. */
    Optional<StoredEntry> latest(String key) {
        return index.findLast(BlobKeys.digestOf(key));
    }

    Optional<StoredEntry> version(String key, int version) {
        return version < 1 ? Optional.empty() : index.findDescribed(BlobKeys.digestOf(key, version));
    }

    boolean isLatest(String digest) {
        return index.findLast(BlobKeys.withoutVersion(digest))
                .filter(last -> last.digest().equals(digest))
                .isPresent();
    }

    /** All of them, latest first. */
    List<EntryMetadata> all(String key) {
        List<EntryMetadata> rows = new ArrayList<>(index.list(filter(key), 0, Integer.MAX_VALUE));
        rows.sort(Comparator.comparing(EntryMetadata::digest).reversed());
        return rows;
    }

    /** In one step: nobody sees an older version while the later ones are gone already. */
    boolean delete(String key) {
        return !store.invalidateMatching(filter(key), Integer.MAX_VALUE).isEmpty();
    }

    /** Of the version that is the latest one now; a later put may come in between, and is then a version without these changes. */
    boolean update(String key, Map<String, ? extends @Nullable Object> changes) {
        while (true) {
            Optional<StoredEntry> latest = latest(key);
            if (latest.isEmpty()) {
                return false;
            }
            if (index.updateAttributes(latest.get().digest(), Instant.EPOCH, changes)) {
                return true;
            }
        }
    }

    int retain(String key, int newest) {
        List<EntryRef> doomed = new ArrayList<>();
        all(key).stream()
                .skip(newest)
                .forEach(row ->
                        index.findDescribed(row.digest()).map(StoredEntry::ref).ifPresent(doomed::add));
        return store.remove(doomed).size();
    }

    private static EntryFilter filter(String key) {
        return new EntryFilter(null, BlobKeys.digestOf(key), List.of(), Set.of(), null);
    }
}
