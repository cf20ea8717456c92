package dev.cacheness.engine;

import dev.cacheness.CacheException;
import dev.cacheness.internal.key.BlobKeys;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.internal.store.WrittenValue;
import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.StoredEntry;
import dev.cacheness.storage.BlobMetadata;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Stores artifacts under keys that are given. Thread-safe. */
final class ArtifactWriter {

    private final EntryStore store;

    private final ValueWriter writer;

    private final ArtifactRows rows;

    private final ArtifactVersions versions;

    private final ArtifactSettings settings;

    private final InstantSource clock;

    ArtifactWriter(
            EntryStore store,
            ValueWriter writer,
            ArtifactRows rows,
            ArtifactVersions versions,
            ArtifactSettings settings,
            InstantSource clock) {
        this.store = store;
        this.writer = writer;
        this.rows = rows;
        this.versions = versions;
        this.settings = settings;
        this.clock = clock;
    }

    BlobMetadata put(String key, Object value, PutSettings options, List<CustomRow> custom) {
        Handler<? super Object> handler = writer.handlerFor(value, options.handler());
        try (WrittenValue written = writer.write(
                quoted(key), handler, value, store.begin(settings.writeSettings(key, handler.compressible())), null)) {
            while (true) {
                StoredEntry row = rows.row(key, nextVersion(key, written), value, handler, written, options);
                if (store.offer(row, condition(), custom).stored()) {
                    return ArtifactRows.describe(row.metadata());
                }
            }
        }
    }

    /** Of two who add a version at once, one has to take the next number. */
    private PutCondition condition() {
        return settings.versions() ? new PutCondition.IfAbsent(clock.instant()) : PutCondition.ALWAYS;
    }

    private int nextVersion(String key, WrittenValue written) {
        Optional<StoredEntry> row = orDiscard(store, written, () -> versions.latest(key));
        int latest = row.map(found -> BlobKeys.versionOf(found.digest())).orElse(0);
        return settings.versions() ? latest + 1 : Math.max(latest, 1);
    }

    /** Whoever fails before a row was offered knows that none refers to the bytes. */
    static <T> T orDiscard(EntryStore store, WrittenValue written, Supplier<T> step) {
        try {
            return step.get();
        } catch (CacheException ex) {
            store.discard(written);
            throw ex;
        }
    }

    static String quoted(String key) {
        return "'" + key + "'";
    }
}
