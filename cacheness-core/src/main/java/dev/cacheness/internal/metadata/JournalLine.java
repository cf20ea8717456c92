package dev.cacheness.internal.metadata;

import dev.cacheness.internal.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** One line: the length of its JSON in bytes, the CRC-32C of these bytes in hexadecimal digits, and the JSON. */
final class JournalLine {

    private JournalLine() {}

    static byte[] encode(Map<String, Object> json) {
        byte[] text = JsonText.ofObject(json).getBytes(StandardCharsets.UTF_8);
        byte[] head = head(text, 0, text.length).getBytes(StandardCharsets.US_ASCII);
        byte[] line = new byte[head.length + text.length + 1];
        System.arraycopy(head, 0, line, 0, head.length);
        System.arraycopy(text, 0, line, head.length, text.length);
        line[line.length - 1] = '\n';
        return line;
    }

    /** The JSON of a line, null if the line is damaged. */
    static @Nullable Map<String, Object> decode(JournalLines lines) {
        byte[] bytes = lines.bytes();
        int end = lines.start() + lines.length();
        int afterLength = afterSpace(bytes, lines.start(), end);
        int afterChecksum = afterSpace(bytes, afterLength, end);
        if (afterLength == end || afterChecksum == end) {
            return null;
        }
        String head = new String(bytes, lines.start(), afterChecksum - lines.start(), StandardCharsets.US_ASCII);
        int length = end - afterChecksum;
        if (!head.equals(head(bytes, afterChecksum, length))) {
            return null;
        }
        try {
            return JsonText.toValues(bytes, afterChecksum, length);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The position after the next space, the end if there is none where it should be. */
    private static int afterSpace(byte[] bytes, int from, int end) {
        for (int i = from; i < Math.min(end, from + 20); i++) {
            if (bytes[i] == ' ') {
                return i + 1;
            }
        }
        return end;
    }

    private static String head(byte[] bytes, int offset, int length) {
        var checksum = new CRC32C();
        checksum.update(bytes, offset, length);
        return length + " " + HexFormat.of().toHexDigits((int) checksum.getValue()) + " ";
    }
}
