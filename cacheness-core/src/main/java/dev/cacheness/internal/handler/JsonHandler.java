package dev.cacheness.internal.handler;

import dev.cacheness.internal.json.JsonFormat;
import dev.cacheness.internal.json.JsonTrees;
import dev.cacheness.spi.FieldReader;
import dev.cacheness.spi.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON trees, and maps and lists of JSON values, unasked; any value that Jackson can write when it is asked for by name.
 *
 * <p>What is stored is plain JSON. White space in front of it, which means nothing to other readers, says what it was: nothing for a map or a list, a
 * space for a tree, a tab for a tree with fractions that only a {@code BigDecimal} can hold, a line feed for any other value.
 */
final class JsonHandler implements Handler<Object>, FieldReader {

    static final String NAME = "json";

    private static final int TREE = ' ';

    private static final int EXACT_TREE = '\t';

    private static final int OTHER = '\n';

    private final JsonFormat format = new JsonFormat();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean accepts(Object value) {
        return JsonTrees.isTree(value) ? JsonTrees.isReadable(value) : JsonValues.isReadable(value);
    }

    @Override
    public void write(Object value, OutputStream out) throws IOException {
        if (JsonTrees.isTree(value)) {
            out.write(JsonTrees.needsExactFractions(value) ? EXACT_TREE : TREE);
        } else if (!(value instanceof Map || value instanceof List)) {
            out.write(OTHER);
        }
        format.write(value, out);
    }

    @Override
    public Object read(InputStream in, Type type) throws IOException {
        PushbackInputStream pushback = new PushbackInputStream(in);
        int mark = pushback.read();
        if (mark >= 0) {
            pushback.unread(mark);
        }
        boolean exact = mark == EXACT_TREE;
        boolean tree = exact || mark == TREE;
        if (JsonTrees.isTreeType(type) || (tree && type == Object.class)) {
            return ValueTypes.checked(format.readTree(pushback, exact), type);
        }
        if (tree || (mark != OTHER && mark >= 0 && !holdsMapsOrLists(type))) {
            throw ValueTypes.mismatch(tree ? "JSON tree" : mark == '[' ? "list" : "map", type);
        }
        return ValueTypes.checked(format.read(pushback, type, false), type);
    }

    @Override
    public Object readFields(InputStream in) throws IOException {
        return format.read(in, Object.class, false);
    }

    private static boolean holdsMapsOrLists(Type type) {
        Class<?> raw = ValueTypes.rawClass(type);
        return Map.class.isAssignableFrom(raw)
                || List.class.isAssignableFrom(raw)
                || raw.isAssignableFrom(LinkedHashMap.class)
                || raw.isAssignableFrom(ArrayList.class);
    }
}
