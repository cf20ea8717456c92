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

    /** The JSON of a line without its end, null if the line is damaged. */
    static @Nullable Map<String, Object> decode(byte[] line) {
        int afterLength = indexOf(line, 0);
        int afterChecksum = indexOf(line, afterLength);
        if (afterLength <= 0 || afterChecksum <= 0) {
            return null;
        }
        String head = new String(line, 0, afterChecksum, StandardCharsets.US_ASCII);
        int length = line.length - afterChecksum;
        if (!head.equals(head(line, afterChecksum, length))) {
            return null;
        }
        try {
            return JsonText.toValues(new String(line, afterChecksum, length, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The position after the next space, 0 if there is none. */
    private static int indexOf(byte[] line, int from) {
        for (int i = from; i < Math.min(line.length, from + 20); i++) {
            if (line[i] == ' ') {
                return i + 1;
            }
        }
        return 0;
    }

    private static String head(byte[] bytes, int offset, int length) {
        var checksum = new CRC32C();
        checksum.update(bytes, offset, length);
        return length + " " + HexFormat.of().toHexDigits((int) checksum.getValue()) + " ";
    }
}
