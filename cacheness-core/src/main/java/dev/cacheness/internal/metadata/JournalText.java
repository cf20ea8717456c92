package dev.cacheness.internal.metadata;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be read of a journal or snapshot.
 *
 * @param header null if the first line is damaged, or there is none
 * @param lines what follows, as far as it is intact
 * @param goodBytes where the first damage is, or the end
 * @param isDamaged whether there is a damaged line at all
 * @param damagedInside whether there is an intact line behind a damaged one, so that this is more than a last line that was cut off
 */
record JournalText(
        @Nullable JournalHeader header,
        List<Map<String, Object>> lines,
        long goodBytes,
        boolean isDamaged,
        boolean damagedInside) {

    /** Of a file that is there. Reads by means that an interrupt does not close. */
    static JournalText read(Path file, String kind) throws IOException {
        JournalHeader header = null;
        List<Map<String, Object>> lines = new ArrayList<>();
        long position = 0;
        long goodBytes = -1;
        boolean damagedInside = false;
        try (var in = new BufferedInputStream(new FileInputStream(file.toFile()), 1 << 16)) {
            boolean first = true;
            for (byte[] line = next(in); line != null; line = next(in)) {
                Map<String, Object> json = isWhole(line) ? JournalLine.decode(withoutEnd(line)) : null;
                if (json == null) {
                    goodBytes = goodBytes < 0 ? position : goodBytes;
                } else if (first) {
                    header = JournalHeader.of(file, kind, json);
                } else {
                    damagedInside |= goodBytes >= 0;
                    lines.add(json);
                }
                first = false;
                position += line.length;
            }
        }
        return new JournalText(header, lines, goodBytes < 0 ? position : goodBytes, goodBytes >= 0, damagedInside);
    }

    /** 0 if there is no header. */
    long sequence() {
        return header == null ? 0 : header.sequence();
    }

    private static boolean isWhole(byte[] line) {
        return line[line.length - 1] == '\n';
    }

    private static byte[] withoutEnd(byte[] line) {
        return Arrays.copyOf(line, line.length - 1);
    }

    /** With its end, if it has one; null if there are no more bytes. */
    private static byte @Nullable [] next(InputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        var line = new ByteArrayOutputStream(512);
        for (int b = first; b >= 0; b = in.read()) {
            line.write(b);
            if (b == '\n') {
                break;
            }
        }
        return line.toByteArray();
    }
}
