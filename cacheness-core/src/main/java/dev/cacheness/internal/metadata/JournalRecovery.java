package dev.cacheness.internal.metadata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the last state of an index in its files: a snapshot, and the changes of the journal that continues it. A last line that was cut off was never
 * acknowledged and is dropped. If more is damaged, the last good snapshot has to do, without the entries that are known to have changed since: those are
 * missing then, but none comes back with a former value that is known to be outdated.
 */
final class JournalRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(JournalRecovery.class);

    private final JournalFiles files;

    private final IndexState state = new IndexState();

    private long sequence;

    private long journalBytes;

    /** Whether the journal cannot be continued, so that a new snapshot is needed. */
    private boolean restart;

    private JournalRecovery(JournalFiles files) {
        this.files = files;
    }

    /** @throws dev.cacheness.CacheMetadataException if a file is not ours, or of a newer version; all is left as it was */
    static JournalRecovery of(JournalFiles files) throws IOException {
        var recovery = new JournalRecovery(files);
        recovery.run();
        return recovery;
    }

    IndexState state() {
        return state;
    }

    long sequence() {
        return sequence;
    }

    long journalBytes() {
        return journalBytes;
    }

    boolean needsRestart() {
        return restart;
    }

    private void run() throws IOException {
        // Everything is read before anything is moved: a newer version must find its files untouched.
        JournalText journal = read(files.journal(), JournalHeader.JOURNAL);
        JournalText snapshot = read(files.snapshot(), JournalHeader.SNAPSHOT);
        JournalText older = read(files.olderSnapshot(), JournalHeader.SNAPSHOT);
        JournalText base = snapshot != null && snapshot.isWholeSnapshot() ? snapshot : null;
        if (base == null && snapshot != null) {
            LOG.warn(
                    "The snapshot {} is damaged and was put aside as {}",
                    files.snapshot(),
                    files.putAside(files.snapshot()));
            restart = true;
        }
        if (base == null && older != null && older.isWholeSnapshot()) {
            base = older;
        }
        if (base != null) {
            sequence = base.sequence();
            base.changes().forEach(state::apply);
        }
        if (journal == null) {
            restart = true;
        } else {
            apply(journal);
        }
    }

    private void apply(JournalText journal) throws IOException {
        if (journal.header() != null && journal.sequence() < sequence) {
            // The process ended after it wrote the snapshot and before it began the next journal.
            restart = true;
            return;
        }
        boolean damaged = !journal.isWholeJournal();
        if (damaged || journal.sequence() > sequence) {
            journal.changes().forEach(change -> change.digests().forEach(state::forget));
            Path aside = files.putAside(files.journal());
            LOG.warn(
                    "The journal {} {}. It was put aside as {}; the cache goes on with the {} entries of the last good snapshot that have not changed since",
                    files.journal(),
                    damaged ? "is damaged" : "continues a snapshot that is not there",
                    aside,
                    state.rows().size());
            sequence = Math.max(sequence, journal.sequence());
            restart = true;
            return;
        }
        journal.changes().forEach(state::apply);
        journalBytes = journal.goodBytes();
        restart |= Objects.requireNonNull(journal.header()).isOld();
    }

    private static @Nullable JournalText read(Path file, String kind) throws IOException {
        return Files.exists(file) ? JournalText.read(file, kind) : null;
    }
}
