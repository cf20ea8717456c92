package dev.cacheness.internal.metadata;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each change as a line, and begins anew with a snapshot when the lines have become many. */
final class Journal implements ChangeLog {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private static final long MIN_BYTES_UNTIL_SNAPSHOT = 8L * 1024 * 1024;

    private final JournalFiles files;

    private final boolean force;

    private final long minBytesUntilSnapshot;

    private final JournalLock lock;

    private JournalFile file;

    private long sequence;

    private long bytesUntilSnapshot;

    /** The state of the file is not known, so nothing more may be written to it. */
    private boolean broken;

    private boolean closed;

    private Journal(
            JournalFiles files, Durability durability, long minBytes, JournalLock lock, JournalRecovery recovery)
            throws IOException {
        this.files = files;
        this.force = durability == Durability.POWER;
        this.minBytesUntilSnapshot = minBytes;
        this.bytesUntilSnapshot = minBytes;
        this.lock = lock;
        this.sequence = recovery.sequence();
        this.file = recovery.needsRestart()
                ? begin(recovery.state())
                : JournalFile.open(files.journal(), recovery.journalBytes());
    }

    static Journal open(JournalFiles files, Durability durability, JournalLock lock, JournalRecovery recovery)
            throws IOException {
        return open(files, durability, MIN_BYTES_UNTIL_SNAPSHOT, lock, recovery);
    }

    static Journal open(
            JournalFiles files, Durability durability, long minBytes, JournalLock lock, JournalRecovery recovery)
            throws IOException {
        return new Journal(files, durability, minBytes, lock, recovery);
    }

    @Override
    public void append(Change change) {
        if (closed) {
            throw new CacheMetadataException("The index " + files.journal() + " has been closed.");
        }
        if (broken) {
            throw new CacheMetadataException("The journal " + files.journal()
                    + " could not be written before, so that nobody knows what is in it. Open the cache again.");
        }
        try {
            file.append(JournalLine.encode(JournalChanges.toJson(change)), force);
        } catch (IOException e) {
            undo(e);
            throw new CacheMetadataException(
                    "The journal " + files.journal() + " cannot be written: " + e.getMessage()
                            + ". Nothing has changed. Check the disk, and that there is room.",
                    e);
        }
    }

    /** After a failed force nobody knows what the disk has, and a second force may wrongly report success. */
    private void undo(IOException failure) {
        broken = force;
        try {
            file.undo();
        } catch (IOException e) {
            broken = true;
            failure.addSuppressed(e);
        }
    }

    @Override
    public void applied(IndexState state) {
        if (broken || file.size() < bytesUntilSnapshot) {
            return;
        }
        try {
            JournalFile former = file;
            file = begin(state);
            former.close();
        } catch (IOException e) {
            bytesUntilSnapshot = file.size() + minBytesUntilSnapshot;
            LOG.warn("No new snapshot {} could be written; the journal goes on growing", files.snapshot(), e);
        }
    }

    @Override
    public void force() {
        if (closed || force) {
            return;
        }
        try {
            file.force();
        } catch (IOException e) {
            broken = true;
            throw new CacheMetadataException(
                    "The journal " + files.journal() + " could not be made to last: " + e.getMessage()
                            + ". Check the disk, and open the cache again.",
                    e);
        }
    }

    /** A snapshot, and an empty journal that continues it. The old files do until both are there. */
    private JournalFile begin(IndexState state) throws IOException {
        long next = sequence + 1;
        List<Map<String, Object>> lines = new ArrayList<>();
        state.changes().forEach(change -> lines.add(JournalChanges.toJson(change)));
        lines.add(Map.of("end", (long) lines.size()));
        Path journal = files.draft(files.journal(), new JournalHeader(JournalHeader.JOURNAL, next), List.of());
        Path snapshot = files.draft(files.snapshot(), new JournalHeader(JournalHeader.SNAPSHOT, next), lines);
        long snapshotBytes = Files.size(snapshot);
        long journalBytes = Files.size(journal);
        // Opened before the names change: from then on, the old journal counts no more.
        JournalFile opened = JournalFile.open(journal, journalBytes);
        try {
            files.replaceSnapshot(snapshot);
            files.replaceJournal(journal);
        } catch (IOException e) {
            broken = true;
            opened.close();
            throw e;
        }
        sequence = next;
        bytesUntilSnapshot = Math.max(minBytesUntilSnapshot, 2 * snapshotBytes);
        return opened;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("The journal {} could not be closed", files.journal(), e);
        } finally {
            lock.close();
        }
    }
}
