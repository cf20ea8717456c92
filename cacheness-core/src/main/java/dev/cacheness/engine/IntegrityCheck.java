package dev.cacheness.engine;

import dev.cacheness.CacheStorageException;
import dev.cacheness.EntryMetadata;
import dev.cacheness.IntegrityProblem;
import dev.cacheness.IntegrityReport;
import dev.cacheness.internal.store.CorruptValueException;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.StoredEntry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Goes through all entries once, reads all their bytes, and mends what it finds if it is told to. For one thread. */
final class IntegrityCheck {

    /** The entries are taken by the first two digits of their digests, so that those which come and go do not move the others. */
    private static final int PARTS = 256;

    private static final int PAGE = 500;

    private final EntryStore store;

    private final MetadataBackend index;

    private final boolean repair;

    private final Consumer<List<EntryRef>> onRemoval;

    private final Map<IntegrityProblem.Kind, Long> counts = new EnumMap<>(IntegrityProblem.Kind.class);

    private final List<IntegrityProblem> problems = new ArrayList<>();

    private long entries;

    private long removed;

    /** @param onRemoval is told of entries that a repair removed */
    IntegrityCheck(EntryStore store, boolean repair, Consumer<List<EntryRef>> onRemoval) {
        this.store = store;
        this.index = store.index();
        this.repair = repair;
        this.onRemoval = onRemoval;
        for (IntegrityProblem.Kind kind : IntegrityProblem.Kind.values()) {
            counts.put(kind, 0L);
        }
    }

    IntegrityReport run() {
        for (int part = 0; part < PARTS; part++) {
            checkPart(String.format("%02x", part));
        }
        long orphans = orphans();
        long deleted = repair ? sweep() : 0;
        return new IntegrityReport(entries, counts, problems, orphans, removed, deleted);
    }

    private void checkPart(String digestPrefix) {
        EntryFilter filter = new EntryFilter(null, digestPrefix, List.of(), Set.of(), null);
        int offset = 0;
        List<EntryMetadata> page;
        do {
            page = index.list(filter, offset, PAGE);
            offset += page.size();
            for (EntryMetadata entry : page) {
                offset -= check(entry.digest());
            }
        } while (page.size() == PAGE);
    }

    /** How many rows were removed. */
    private int check(String digest) {
        // As the whole row, which comes from the index itself and not from a layer before it.
        Optional<StoredEntry> found = index.findDescribed(digest);
        if (found.isEmpty()) {
            return 0;
        }
        entries++;
        StoredEntry entry = found.get();
        IntegrityProblem problem = problemOf(entry);
        if (problem == null || wasReplaced(entry)) {
            return 0;
        }
        counts.merge(problem.kind(), 1L, Long::sum);
        if (problems.size() < IntegrityReport.MAX_PROBLEMS) {
            problems.add(problem);
        }
        return repair && problem.kind() != IntegrityProblem.Kind.UNREADABLE ? remove(entry) : 0;
    }

    private @Nullable IntegrityProblem problemOf(StoredEntry entry) {
        try {
            store.check(entry);
            return null;
        } catch (NoSuchFileException ex) {
            return problem(
                    entry,
                    IntegrityProblem.Kind.MISSING_BLOB,
                    "The blob " + entry.content().blobId() + " is gone");
        } catch (CorruptValueException ex) {
            return problem(
                    entry,
                    ex.isWrongSize() ? IntegrityProblem.Kind.WRONG_SIZE : IntegrityProblem.Kind.DAMAGED,
                    String.valueOf(ex.getMessage()));
        } catch (IOException ex) {
            return problem(entry, IntegrityProblem.Kind.UNREADABLE, String.valueOf(ex.getMessage()));
        }
    }

    private static IntegrityProblem problem(StoredEntry entry, IntegrityProblem.Kind kind, String detail) {
        return new IntegrityProblem(entry.digest(), entry.metadata().namespace(), kind, detail);
    }

    /** Then what was missing or cut short is no longer its value. */
    private boolean wasReplaced(StoredEntry entry) {
        return index.findDescribed(entry.digest())
                .map(row -> !row.generation().equals(entry.generation()))
                .orElse(true);
    }

    private int remove(StoredEntry entry) {
        List<EntryRef> gone = store.remove(List.of(entry.ref()));
        removed += gone.size();
        onRemoval.accept(gone);
        return gone.size();
    }

    private long orphans() {
        try {
            return store.orphans();
        } catch (IOException ex) {
            throw new CacheStorageException("The blobs cannot be listed: " + ex, ex);
        }
    }

    private long sweep() {
        try {
            return store.sweep();
        } catch (IOException ex) {
            throw new CacheStorageException("The blobs that nobody refers to cannot be deleted: " + ex, ex);
        }
    }
}
