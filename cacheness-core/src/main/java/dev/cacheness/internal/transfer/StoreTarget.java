package dev.cacheness.internal.transfer;

import dev.cacheness.CacheCapacityException;
import dev.cacheness.CacheException;
import dev.cacheness.CacheStorageException;
import dev.cacheness.EntryMetadata;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.internal.store.ValueSink;
import dev.cacheness.internal.store.WriteSettings;
import dev.cacheness.internal.store.WrittenValue;
import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.CustomTable;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.StoredEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts entries into a store as they were elsewhere. What is written is read back before a row refers to it. For one thread. */
public final class StoreTarget {

    private static final int PIECE = 1 << 20;

    private final EntryStore store;

    private final Function<EntryMetadata, WriteSettings> settings;

    private final Supplier<String> generations;

    private final Set<CustomTable> prepared = new HashSet<>();

    /** @param settings how the value of an entry is to be written */
    public StoreTarget(
            EntryStore store, Function<EntryMetadata, WriteSettings> settings, Supplier<String> generations) {
        this.store = store;
        this.settings = settings;
        this.generations = generations;
    }

    /**
     * Stores an entry, unless the same one or a later one is there.
     *
     * @throws CacheException if the store fails
     */
    public void put(TravellingEntry entry, InputStream value, Tally tally) {
        StoredEntry there =
                store.index().findDescribed(entry.metadata().digest()).orElse(null);
        if (there != null && !isOlder(there.metadata(), entry.metadata())) {
            tally.present();
            return;
        }
        entry.custom().stream().map(CustomRow::table).filter(prepared::add).forEach(store.index()::prepareCustomTable);
        MessageDigest read = BundleFormat.sha256();
        try (WrittenValue written = write(entry, new DigestInputStream(value, read))) {
            StoredEntry row = row(entry, written);
            verify(row, read.digest(), written);
            if (store.offer(row, condition(there, entry), entry.custom()).stored()) {
                tally.copied(written.rawSizeBytes());
            } else {
                store.discard(written);
                tally.present();
            }
        } catch (CacheCapacityException ex) {
            tally.failed(entry.metadata().digest(), ex);
        } catch (SourceException ex) {
            tally.failed(entry.metadata().digest(), ex.failure);
        }
    }

    private static boolean isOlder(EntryMetadata there, EntryMetadata entry) {
        return there.createdAt().isBefore(entry.createdAt());
    }

    private static PutCondition condition(@Nullable StoredEntry there, TravellingEntry entry) {
        return there == null
                ? new PutCondition.IfAbsent(entry.metadata().createdAt())
                : new PutCondition.IfGeneration(there.generation());
    }

    private WrittenValue write(TravellingEntry entry, InputStream value) throws SourceException {
        ValueSink sink = store.begin(settings.apply(entry.metadata()));
        boolean finished = false;
        try {
            copy(value, sink);
            WrittenValue written = sink.finish();
            finished = true;
            return written;
        } catch (IOException ex) {
            throw failed(entry, ex);
        } finally {
            if (!finished) {
                sink.abort();
            }
        }
    }

    private static void copy(InputStream value, OutputStream sink) throws SourceException, IOException {
        byte[] piece = new byte[PIECE];
        while (true) {
            int count;
            try {
                count = value.read(piece);
            } catch (IOException ex) {
                throw new SourceException(ex);
            }
            if (count < 0) {
                return;
            }
            sink.write(piece, 0, count);
        }
    }

    private StoredEntry row(TravellingEntry entry, WrittenValue written) {
        EntryMetadata from = entry.metadata();
        var metadata = new EntryMetadata(
                from.digest(),
                from.namespace(),
                from.keyParameters(),
                from.description(),
                from.attributes(),
                from.tags(),
                from.createdAt(),
                from.accessedAt(),
                from.expiresAt(),
                from.hits(),
                from.loadTime(),
                from.handler(),
                from.valueType(),
                written.codec(),
                written.rawSizeBytes(),
                written.storedSizeBytes());
        return new StoredEntry(
                metadata, generations.get(), entry.handlerVersion(), entry.typeFingerprint(), written.content());
    }

    private void verify(StoredEntry row, byte[] expected, WrittenValue written) {
        MessageDigest stored = BundleFormat.sha256();
        Optional<IOException> failure = Optional.empty();
        try (InputStream in = store.open(row)) {
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), stored));
        } catch (IOException ex) {
            failure = Optional.of(ex);
        }
        if (failure.isPresent() || !MessageDigest.isEqual(stored.digest(), expected)) {
            store.discard(written);
            throw new CacheStorageException(
                    "The value of " + row.digest() + " was written, but does not read back as it was",
                    failure.orElse(null));
        }
    }

    private static CacheStorageException failed(TravellingEntry entry, IOException ex) {
        return new CacheStorageException(
                "The value of " + entry.metadata().digest() + " could not be written: " + ex, ex);
    }

    /** It was reading that failed, which concerns one entry alone. */
    private static final class SourceException extends Exception {

        private static final long serialVersionUID = 1L;

        private final IOException failure;

        private SourceException(IOException failure) {
            super(failure);
            this.failure = failure;
        }
    }
}
