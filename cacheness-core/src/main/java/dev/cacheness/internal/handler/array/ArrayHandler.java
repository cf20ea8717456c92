package dev.cacheness.internal.handler.array;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.internal.handler.JsonValues;
import dev.cacheness.internal.handler.ValueTypes;
import dev.cacheness.internal.json.JsonLimits;
import dev.cacheness.internal.json.UnicodeText;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerSettings;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.nio.Buffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Arrays of any rank whose elements are primitives, their boxes or texts; buffers; and maps from names to such arrays. Every bit is kept, and so are the
 * classes of arrays. A buffer comes back on the heap and holds what remained in the one that was stored.
 */
final class ArrayHandler implements Handler<Object> {

    static final String NAME = "array";

    /** "CNA1", which is no longer written. */
    private static final int FIRST_MAGIC = 0x434e4131;

    /** "CNA2" */
    private static final int MAGIC = 0x434e4132;

    private static final int ARRAY = 1;

    private static final int BUFFER = 2;

    private static final int BUNDLE = 3;

    private final BlockCoder coder;

    private final Workers workers = new Workers();

    ArrayHandler(HandlerSettings settings) {
        coder = new BlockCoder(settings);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public boolean canRead(int version) {
        return version == 1 || version == 2;
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof Buffer
                || isArray(value)
                || (value instanceof Map<?, ?> map && !map.isEmpty() && isBundle(map));
    }

    @Override
    public void write(Object value, OutputStream stream) throws IOException {
        ValueOutput out = new ValueOutput(stream);
        ArrayWriter arrays = new ArrayWriter(out, coder, workers);
        out.writeInt(MAGIC);
        if (value instanceof Buffer buffer) {
            writeBuffer(buffer, out, arrays);
        } else if (value instanceof Map<?, ?> map && isBundle(map)) {
            writeBundle(map, out, arrays);
        } else if (isArray(value)) {
            out.writeByte(ARRAY);
            writeArray(value, arrays);
        } else {
            throw new CacheSerializationException(
                    "A value of " + value.getClass().getName()
                            + " is no array of primitives, boxes or well-formed texts, no buffer, and no map of such arrays");
        }
    }

    @Override
    public Object read(InputStream stream, Type type) throws IOException {
        ValueInput in = new ValueInput(stream);
        try {
            int magic = in.readInt();
            if (magic != MAGIC && magic != FIRST_MAGIC) {
                throw new CacheSerializationException("The stored bytes are no array");
            }
            in.hasLayouts(magic == MAGIC);
            Object value = read(in);
            if (in.read() >= 0) {
                throw new CacheSerializationException("The stored bytes go on where the array ends");
            }
            return ValueTypes.checked(value, type);
        } catch (EOFException ex) {
            throw new CacheSerializationException("The stored array ends early", ex);
        }
    }

    /** It compresses block by block itself, since it knows what the bytes stand for. */
    @Override
    public boolean compressible() {
        return false;
    }

    private Object read(ValueInput in) throws IOException {
        ArrayReader arrays = new ArrayReader(in, coder, workers);
        int form = in.readUnsignedByte();
        return switch (form) {
            case ARRAY -> arrays.read();
            case BUFFER -> readBuffer(in, arrays);
            case BUNDLE -> readBundle(in, arrays);
            default -> throw new CacheSerializationException("The stored array has the unknown form " + form);
        };
    }

    private static void writeArray(Object array, ArrayWriter arrays) throws IOException {
        ElementKind kind = ElementKind.ofArray(array.getClass());
        if (kind == null) {
            throw new CacheSerializationException(array.getClass().getName() + " is no array that can be stored");
        }
        arrays.write(array, kind);
    }

    private static void writeBuffer(Buffer buffer, ValueOutput out, ArrayWriter arrays) throws IOException {
        ElementType type = Buffers.typeOf(buffer);
        out.writeByte(BUFFER);
        out.writeByte(type.ordinal());
        out.writeBoolean(Buffers.orderOf(buffer) == ByteOrder.LITTLE_ENDIAN);
        Object elements = Buffers.toArray(buffer);
        arrays.writeElements(elements, Array.getLength(elements), type);
    }

    private static Buffer readBuffer(ValueInput in, ArrayReader arrays) throws IOException {
        ElementType type = ElementKind.ofCode(in.readUnsignedByte()).type();
        ByteOrder order = in.readBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        if (type == null) {
            throw new CacheSerializationException("There is no buffer of texts");
        }
        return Buffers.ofArray(arrays.readElements(type), order);
    }

    private static void writeBundle(Map<?, ?> map, ValueOutput out, ArrayWriter arrays) throws IOException {
        out.writeByte(BUNDLE);
        out.writeInt(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            byte[] name = ((String) entry.getKey()).getBytes(StandardCharsets.UTF_8);
            out.writeInt(name.length);
            out.write(name);
            writeArray(entry.getValue(), arrays);
        }
    }

    private static Map<String, Object> readBundle(ValueInput in, ArrayReader arrays) throws IOException {
        int count = in.readInt();
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            int length = in.readInt();
            if (length < 0 || length > JsonLimits.NAME_BYTES) {
                throw new CacheSerializationException("The name of an array cannot have " + length + " bytes");
            }
            String name = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            map.put(name, arrays.read());
        }
        if (count != map.size()) {
            throw new CacheSerializationException("A bundle has " + map.size() + " arrays instead of " + count);
        }
        return map;
    }

    private static boolean isBundle(Map<?, ?> map) {
        if (!JsonValues.isReplaceable(map.getClass())) {
            return false;
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String name) || !JsonLimits.isName(name) || !isArray(entry.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isArray(@Nullable Object value) {
        if (value == null || !value.getClass().isArray()) {
            return false;
        }
        ElementKind kind = ElementKind.ofArray(value.getClass());
        return kind != null && (kind.type() != null || isWellFormed((Object[]) value));
    }

    private static boolean isWellFormed(@Nullable Object[] texts) {
        for (Object element : texts) {
            boolean wellFormed = element == null
                    || (element instanceof String text
                            ? UnicodeText.isWellFormed(text)
                            : isWellFormed((Object[]) element));
            if (!wellFormed) {
                return false;
            }
        }
        return true;
    }
}
