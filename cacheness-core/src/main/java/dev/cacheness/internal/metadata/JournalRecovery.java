package dev.cacheness.internal.metadata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        JournalText base = snapshot != null && isSnapshot(snapshot) ? snapshot : null;
        if (base == null && snapshot != null) {
            LOG.warn(
                    "The snapshot {} is damaged and was put aside as {}",
                    files.snapshot(),
                    files.putAside(files.snapshot()));
            restart = true;
        }
        if (base == null && older != null && isSnapshot(older)) {
            base = older;
        }
        if (base != null) {
            sequence = base.sequence();
            changes(base.lines().subList(0, base.lines().size() - 1)).forEach(state::apply);
        }
        if (journal == null) {
            restart = true;
        } else {
            apply(journal);
        }
    }

    private void apply(JournalText journal) throws IOException {
        boolean headless = journal.header() == null;
        if (!headless && journal.sequence() < sequence) {
            // The process ended after it wrote the snapshot and before it began the next journal.
            restart = true;
            return;
        }
        List<Change> changes = changes(journal.lines());
        boolean damaged = headless
                || journal.damagedInside()
                || changes.size() < journal.lines().size();
        if (damaged || journal.sequence() > sequence) {
            changes.forEach(change -> change.digests().forEach(state.rows()::remove));
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
        changes.forEach(state::apply);
        journalBytes = journal.goodBytes();
    }

    private static @Nullable JournalText read(Path file, String kind) throws IOException {
        return Files.exists(file) ? JournalText.read(file, kind) : null;
    }

    /** Whether it is whole: the last line says how many there are before it. */
    private static boolean isSnapshot(JournalText text) {
        List<Map<String, Object>> lines = text.lines();
        return text.header() != null
                && !text.isDamaged()
                && !lines.isEmpty()
                && Long.valueOf(lines.size() - 1L)
                        .equals(lines.get(lines.size() - 1).get("end"));
    }

    private static List<Change> changes(List<Map<String, Object>> lines) {
        List<Change> changes = new ArrayList<>(lines.size());
        for (Map<String, Object> line : lines) {
            try {
                changes.add(JournalChanges.toChange(line));
            } catch (RuntimeException e) {
                LOG.debug("A line of a journal makes no change", e);
            }
        }
        return changes;
    }
}
