package dev.cacheness.engine;

import dev.cacheness.EntryMetadata;
import dev.cacheness.MissReason;
import dev.cacheness.ValueSource;
import dev.cacheness.internal.key.BlobKeys;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.spi.StoredEntry;
import dev.cacheness.storage.UnreadableBlobException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.lang.reflect.Type;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads artifacts, and says why where that cannot be. Thread-safe. */
final class ArtifactReader {

    /** What these handlers write is the content itself, so each can read what the others wrote. */
    private static final Set<String> PLAIN = Set.of("bytes", "file", "stream");

    private static final Map<Type, String> PLAIN_HANDLERS =
            Map.of(byte[].class, "bytes", Path.class, "file", InputStream.class, "stream", ValueSource.class, "stream");

    private static final int ATTEMPTS = 3;

    private final EntryStore store;

    private final ValueReader reader;

    ArtifactReader(EntryStore store, ValueReader reader) {
        this.store = store;
        this.reader = reader;
    }

    /** @throws UnreadableBlobException if there is something that cannot be read */
    @SuppressWarnings("unchecked")
    <T> Optional<T> value(Supplier<Optional<StoredEntry>> row, Type type) {
        return read(row, found -> (T) reader.read(forType(found, type), type));
    }

    Optional<InputStream> stream(Supplier<Optional<StoredEntry>> row) {
        return read(row, found -> verified(open(found)));
    }

    Optional<Long> copy(Supplier<Optional<StoredEntry>> row, Path file) {
        return read(row, found -> {
            try (InputStream in = open(found)) {
                return FileCopy.of(in, file);
            } catch (IOException ex) {
                throw ValueReader.unreadable(ex);
            }
        });
    }

    /** A value may be replaced between its row and its blob; then there is another row. */
    private <T> Optional<T> read(Supplier<Optional<StoredEntry>> row, Action<T> action) {
        for (int attempt = 1; ; attempt++) {
            Optional<StoredEntry> found = row.get();
            if (found.isEmpty()) {
                return Optional.empty();
            }
            StoredEntry entry = found.get();
            try {
                return Optional.of(action.on(entry));
            } catch (NoSuchFileException ex) {
                if (attempt == ATTEMPTS || isSame(entry, row.get())) {
                    throw unreadable(
                            entry,
                            MissReason.CORRUPT,
                            "Its blob " + entry.content().blobId() + " is gone",
                            ex);
                }
            } catch (UnreadableException ex) {
                throw unreadable(entry, ex.reason(), ex.getMessage(), ex.getCause());
            }
        }
    }

    private static boolean isSame(StoredEntry entry, Optional<StoredEntry> now) {
        return now.filter(row -> row.generation().equals(entry.generation())).isPresent();
    }

    private static UnreadableBlobException unreadable(
            StoredEntry entry, MissReason reason, @Nullable String problem, @Nullable Throwable cause) {
        EntryMetadata row = entry.metadata();
        return new UnreadableBlobException(
                ArtifactRows.keyOf(row), BlobKeys.versionOf(row.digest()), reason, String.valueOf(problem), cause);
    }

    private InputStream open(StoredEntry entry) throws NoSuchFileException, UnreadableException {
        try {
            return store.open(entry);
        } catch (NoSuchFileException ex) {
            throw ex;
        } catch (IOException ex) {
            throw ValueReader.unreadable(ex);
        }
    }

    /** Makes the store verify the first block now, so that damage there is told at once. */
    private static InputStream verified(InputStream in) throws UnreadableException {
        try {
            var ahead = new PushbackInputStream(in);
            int first = ahead.read();
            if (first >= 0) {
                ahead.unread(first);
            }
            return ahead;
        } catch (IOException ex) {
            closeAfter(ex, in);
            throw ValueReader.unreadable(ex);
        }
    }

    private static void closeAfter(IOException failure, InputStream in) {
        try {
            in.close();
        } catch (IOException ex) {
            failure.addSuppressed(ex);
        }
    }

    private static StoredEntry forType(StoredEntry entry, Type type) {
        EntryMetadata row = entry.metadata();
        String handler = PLAIN_HANDLERS.get(type);
        if (handler == null || handler.equals(row.handler()) || !PLAIN.contains(row.handler())) {
            return entry;
        }
        return ArtifactRows.withHandler(entry, handler);
    }

    /** Reads one row. */
    @FunctionalInterface
    private interface Action<T> {

        T on(StoredEntry entry) throws NoSuchFileException, UnreadableException;
    }
}
