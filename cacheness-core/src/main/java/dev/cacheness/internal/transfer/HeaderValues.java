package dev.cacheness.internal.transfer;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a header, each after a byte for its type. */
final class HeaderValues {

    private static final int NULL = 0;

    private static final int TEXT = 1;

    private static final int WHOLE = 2;

    private static final int REAL = 3;

    private static final int BOOLEAN = 4;

    private HeaderValues() {}

    static void write(@Nullable Object value, DataOutputStream out) throws IOException {
        if (value == null) {
            out.writeByte(NULL);
        } else if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeByte(TEXT);
            out.writeInt(bytes.length);
            out.write(bytes);
        } else if (value instanceof Long number) {
            out.writeByte(WHOLE);
            out.writeLong(number);
        } else if (value instanceof Double number) {
            out.writeByte(REAL);
            out.writeDouble(number);
        } else if (value instanceof Boolean flag) {
            out.writeByte(BOOLEAN);
            out.writeBoolean(flag);
        } else {
            throw new IOException("A bundle has no values of " + value.getClass());
        }
    }

    static void write(Map<String, ?> map, DataOutputStream out) throws IOException {
        out.writeInt(map.size());
        for (Map.Entry<String, ?> entry : map.entrySet()) {
            write(entry.getKey(), out);
            write(entry.getValue(), out);
        }
    }

    static @Nullable Object read(DataInputStream in) throws IOException {
        int type = in.readByte();
        return switch (type) {
            case NULL -> null;
            case TEXT -> chars(in);
            case WHOLE -> in.readLong();
            case REAL -> in.readDouble();
            case BOOLEAN -> in.readBoolean();
            default -> throw new IOException("There is no type " + type);
        };
    }

    private static String chars(DataInputStream in) throws IOException {
        byte[] bytes = in.readNBytes(count(in));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static String text(DataInputStream in) throws IOException {
        if (read(in) instanceof String text) {
            return text;
        }
        throw new IOException("A text is missing");
    }

    static Map<String, Object> map(DataInputStream in) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int left = count(in); left > 0; left--) {
            String name = text(in);
            Object value = read(in);
            if (value == null) {
                throw new IOException("'" + name + "' has no value");
            }
            map.put(name, value);
        }
        return map;
    }

    /** No more than there can be in what is left of the header. */
    static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > in.available()) {
            throw new EOFException("There cannot be " + count + " of them");
        }
        return count;
    }
}
