package dev.cacheness.engine;

import static dev.cacheness.engine.ArtifactWriter.orDiscard;

import dev.cacheness.CacheStorageException;
import dev.cacheness.internal.store.CorruptValueException;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.internal.store.UnknownCodecException;
import dev.cacheness.internal.store.WrittenValue;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.StoredEntry;
import dev.cacheness.storage.BlobMetadata;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Artifacts whose key is the hash of their content. The row of a content counts its references. Every change makes a new generation of the row, and only if
 * it is still the one that was looked at, so that of an {@code add} and a {@code delete} at the same time neither is lost: either the content is gone and
 * stored anew, or it stays. Thread-safe.
 */
final class ContentArtifacts {

    /** What these write is the content itself, so the hash is the one that everybody knows. */
    private static final Set<String> PLAIN = Set.of("bytes", "file", "stream");

    private static final int VERSION = 1;

    private final EntryStore store;

    private final MetadataBackend index;

    private final ValueWriter writer;

    private final ArtifactRows rows;

    private final ArtifactVersions versions;

    private final ArtifactSettings settings;

    ContentArtifacts(
            EntryStore store,
            ValueWriter writer,
            ArtifactRows rows,
            ArtifactVersions versions,
            ArtifactSettings settings) {
        this.store = store;
        this.index = store.index();
        this.writer = writer;
        this.rows = rows;
        this.versions = versions;
        this.settings = settings;
    }

    BlobMetadata add(Object value, PutSettings options) {
        if (!options.customMetadata().isEmpty()) {
            throw new IllegalArgumentException(
                    "Content that is shared has no custom metadata of its own; use attributes, or a store of keys");
        }
        Handler<? super Object> handler = writer.handlerFor(value, options.handler());
        MessageDigest hash = sha256();
        try (WrittenValue written = writer.write(
                "(content)",
                handler,
                value,
                store.begin(settings.writeSettings("(content)", handler.compressible())),
                hash)) {
            String sum = HexFormat.of().formatHex(hash.digest());
            String key = PLAIN.contains(handler.name()) ? sum : sum + "-" + handler.name();
            StoredEntry fresh = rows.row(key, VERSION, value, handler, written, options);
            while (true) {
                Optional<StoredEntry> added = tryAdd(key, fresh, written, options);
                if (added.isPresent()) {
                    return ArtifactRows.describe(added.get().metadata());
                }
            }
        }
    }

    /** Empty if the row was changed by somebody else in between. */
    private Optional<StoredEntry> tryAdd(String key, StoredEntry fresh, WrittenValue written, PutSettings options) {
        StoredEntry row =
                orDiscard(store, written, () -> versions.version(key, VERSION)).orElse(null);
        if (row == null) {
            var absent = new PutCondition.IfAbsent(fresh.metadata().createdAt());
            return store.offer(fresh, absent, List.of()).stored() ? Optional.of(fresh) : Optional.empty();
        }
        long references = ArtifactRows.referencesOf(row.metadata()) + 1;
        var same = new PutCondition.IfGeneration(row.generation());
        if (!orDiscard(store, written, () -> isThere(row))) {
            StoredEntry healed = ArtifactRows.withReferences(fresh, references);
            return store.offer(healed, same, List.of()).stored() ? Optional.of(healed) : Optional.empty();
        }
        StoredEntry next = ArtifactRows.withReferences(ArtifactRows.withOptions(row, options), references);
        if (!orDiscard(store, written, () -> index.put(next, same).stored())) {
            return Optional.empty();
        }
        store.discard(written);
        return Optional.of(next);
    }

    /** Whether the bytes are there, though perhaps damaged; if not, those at hand take their place. */
    private boolean isThere(StoredEntry row) {
        try {
            store.open(row).close();
            return true;
        } catch (NoSuchFileException | CorruptValueException | UnknownCodecException ex) {
            return false;
        } catch (IOException ex) {
            throw new CacheStorageException("The blob " + row.content().blobId() + " cannot be opened: " + ex, ex);
        }
    }

    boolean delete(String key) {
        return change(key, row -> {
            long references = ArtifactRows.referencesOf(row.metadata());
            return references > 1 ? ArtifactRows.withReferences(row, references - 1) : null;
        });
    }

    boolean updateMetadata(String key, Map<String, @Nullable Object> changes) {
        return change(key, row -> ArtifactRows.withChanges(row, changes));
    }

    /** @param change gives the next generation of the row, null to remove it */
    private boolean change(String key, Function<StoredEntry, @Nullable StoredEntry> change) {
        while (true) {
            StoredEntry row = versions.version(key, VERSION).orElse(null);
            if (row == null) {
                return false;
            }
            StoredEntry next = change.apply(row);
            boolean done = next == null
                    ? !store.remove(List.of(row.ref())).isEmpty()
                    : index.put(next, new PutCondition.IfGeneration(row.generation()))
                            .stored();
            if (done) {
                return true;
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("Every Java platform has SHA-256", ex);
        }
    }
}
