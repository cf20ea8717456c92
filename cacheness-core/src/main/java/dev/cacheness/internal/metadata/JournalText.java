package dev.cacheness.internal.metadata;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be read of a journal or snapshot.
 *
 * @param header null if the first line is damaged, or there is none
 * @param changes what the lines after it say, as far as they are intact and understood
 * @param lines how many intact lines there are after the header
 * @param end how many lines there are before the last one, if the last one says so, and otherwise -1
 * @param goodBytes where the first damage is, or the end
 * @param isDamaged whether there is a damaged line at all
 * @param damagedInside whether there is an intact line behind a damaged one, so that this is more than a last line that was cut off
 */
record JournalText(
        @Nullable JournalHeader header,
        List<Change> changes,
        int lines,
        long end,
        long goodBytes,
        boolean isDamaged,
        boolean damagedInside) {

    private static final Logger LOG = LoggerFactory.getLogger(JournalText.class);

    /** Of a file that is there. */
    static JournalText read(Path file, String kind) throws IOException {
        JournalHeader header = null;
        List<Change> changes = new ArrayList<>();
        int count = 0;
        long end = -1;
        long position = 0;
        long goodBytes = -1;
        boolean damagedInside = false;
        try (var lines = new JournalLines(file)) {
            for (boolean first = true; lines.next(); first = false) {
                Map<String, Object> json = lines.isWhole() ? JournalLine.decode(lines) : null;
                if (json == null) {
                    goodBytes = goodBytes < 0 ? position : goodBytes;
                } else if (first) {
                    header = JournalHeader.of(file, kind, json);
                } else {
                    damagedInside |= goodBytes >= 0;
                    count++;
                    end = json.get("end") instanceof Long number ? number : -1;
                    Change change = end < 0 ? change(json) : null;
                    if (change != null) {
                        changes.add(change);
                    }
                }
                position += lines.length() + (lines.isWhole() ? 1 : 0);
            }
        }
        return new JournalText(
                header, changes, count, end, goodBytes < 0 ? position : goodBytes, goodBytes >= 0, damagedInside);
    }

    private static @Nullable Change change(Map<String, Object> json) {
        try {
            return JournalChanges.toChange(json);
        } catch (RuntimeException e) {
            LOG.debug("A line of a journal makes no change", e);
            return null;
        }
    }

    /** 0 if there is no header. */
    long sequence() {
        return header == null ? 0 : header.sequence();
    }

    /** Whether this is a snapshot and whole. */
    boolean isWholeSnapshot() {
        return header != null && !isDamaged && end == lines - 1 && end == changes.size();
    }

    /** Whether every line of a journal is understood, other than a last one that was cut off. */
    boolean isWholeJournal() {
        return header != null && !damagedInside && changes.size() == lines;
    }
}
