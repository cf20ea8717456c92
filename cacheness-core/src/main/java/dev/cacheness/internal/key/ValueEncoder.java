package dev.cacheness.internal.key;

import dev.cacheness.CacheException;
import dev.cacheness.CacheSerializationException;
import java.io.File;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.PriorityBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Turns one value after another into canonical bytes. For one key and one thread. */
final class ValueEncoder {

    private static final Trail.MapKey ANY_ELEMENT = new Trail.MapKey("*");

    private final KeySettings settings;
    private final CanonicalBytes out;
    private final Trail trail;
    private int depth;

    ValueEncoder(KeySettings settings, CanonicalBytes out, Trail trail) {
        this.settings = settings;
        this.out = out;
        this.trail = trail;
    }

    /** Writes a value that is reached by the given step. */
    void encode(Object step, @Nullable Object value) {
        trail.enter(step);
        encode(value);
        trail.leave();
    }

    /** Writes a value; whatever the code of others throws on the way becomes a complaint that names the place. */
    void encodeWhole(Runnable values) {
        try {
            values.run();
        } catch (CacheException ex) {
            throw ex;
        } catch (RuntimeException ex) {
            throw trail.problem("could not be read: " + ex, ex);
        }
    }

    void encode(@Nullable Object value) {
        if (value == null) {
            out.tag(Tag.NULL);
        } else if (value instanceof String text) {
            out.taggedText(Tag.TEXT, text);
        } else if (value instanceof Boolean truth) {
            out.tag(truth ? Tag.TRUE : Tag.FALSE);
        } else if (value instanceof Character character) {
            out.taggedText(Tag.CHARACTER, character.toString());
        } else if (!isPlain(value)) {
            encodeContainer(value);
        }
    }

    private boolean isPlain(Object value) {
        return NumberValues.write(value, out)
                || NamedValues.write(value, out)
                || TimeValues.write(value, out)
                || ArrayContent.write(value, out)
                || encodePath(value);
    }

    private boolean encodePath(Object value) {
        if (value instanceof Path path) {
            encodePath(path);
        } else if (value instanceof File file) {
            encodePath(file.toPath());
        } else {
            return false;
        }
        return true;
    }

    private void encodePath(Path path) {
        if (settings.hashPathContent()) {
            PathHasher.Hash hash = hash(path);
            out.tag(hash.isDirectory() ? Tag.DIRECTORY_CONTENT : Tag.FILE_CONTENT);
            out.raw(hash.sha256());
        } else if (path.getFileSystem() == FileSystems.getDefault()) {
            out.taggedText(Tag.PATH_NAME, path.isAbsolute() ? String.valueOf(path.getRoot()) : "");
            out.length(path.getNameCount());
            path.forEach(name -> out.text(name.toString()));
        } else {
            throw trail.problem(
                    "is a path of another file system than the default one, so its name does not say which file it"
                            + " is. Set cacheness.keys.hash-path-content=true or pass its URI.",
                    null);
        }
    }

    private PathHasher.Hash hash(Path path) {
        try {
            return PathHasher.hash(path);
        } catch (CacheSerializationException ex) {
            throw trail.problem(
                    "counts by the content of a path that cannot be read. " + ex.getMessage()
                            + " To let only the name count, set cacheness.keys.hash-path-content=false.",
                    ex);
        }
    }

    private void encodeContainer(Object value) {
        depth++;
        if (value instanceof Record) {
            encodeParts(Tag.RECORD, value);
        } else if (value instanceof Optional<?> optional) {
            encodeOptional(optional);
        } else if (value instanceof OptionalInt optional) {
            encodeOptional(optional.isPresent() ? Optional.of(optional.getAsInt()) : Optional.empty());
        } else if (value instanceof OptionalLong optional) {
            encodeOptional(optional.isPresent() ? Optional.of(optional.getAsLong()) : Optional.empty());
        } else if (value instanceof OptionalDouble optional) {
            encodeOptional(optional.isPresent() ? Optional.of(optional.getAsDouble()) : Optional.empty());
        } else if (value instanceof Map<?, ?> map) {
            encodeMap(map);
        } else if (value instanceof Set<?> set) {
            encodeSet(set);
        } else if (isOrdered(value)) {
            encodeList((Collection<?>) value);
        } else if (value instanceof Object[] array) {
            encodeArray(array);
        } else if (value instanceof Collection<?>) {
            throw refuse(value, "a collection in no order that could be relied on");
        } else if (settings.introspectObjects()) {
            encodeParts(Tag.OBJECT, value);
        } else {
            throw refuse(value, "a class without a canonical form");
        }
        depth--;
    }

    /** A heap comes out in an order that depends on how it was filled, so it is not taken for a list. */
    private static boolean isOrdered(Object value) {
        return value instanceof List<?>
                || value instanceof Deque<?>
                || (value instanceof Queue<?>
                        && !(value instanceof PriorityQueue<?>)
                        && !(value instanceof PriorityBlockingQueue<?>)
                        && !(value instanceof DelayQueue<?>));
    }

    private void encodeParts(int tag, Object value) {
        ObjectShape shape = ObjectShape.of(value.getClass());
        if (shape.refusal() != null) {
            throw refuse(value, shape.refusal());
        }
        begin(tag);
        out.text(shape.name());
        for (ObjectShape.Part part : shape.parts()) {
            out.taggedText(Tag.TEXT, part.name());
            out.length(part.level());
            trail.enter(part.name());
            encode(part.read(value));
            trail.leave();
        }
        out.tag(Tag.END);
    }

    private void encodeOptional(Optional<?> optional) {
        begin(Tag.OPTIONAL);
        if (optional.isPresent()) {
            encode(optional.get());
        }
        out.tag(Tag.END);
    }

    private void encodeList(Collection<?> values) {
        begin(Tag.LIST);
        int index = 0;
        for (Object value : values) {
            encode(index++, value);
        }
        out.tag(Tag.END);
    }

    /** The elements go into a hash one by one, so that an array may be as long as it likes. */
    private void encodeArray(Object[] array) {
        checkDepth();
        MessageDigest hash = Sha256.start();
        int start = out.size();
        for (int i = 0; i < array.length; i++) {
            encode(i, array[i]);
            out.drain(start, hash);
        }
        ArrayContent.write('L', array.length, hash, out);
    }

    private void encodeSet(Set<?> values) {
        begin(Tag.SET);
        var items = new ArrayList<byte[]>(values.size());
        int first = out.size();
        for (Object value : values) {
            int start = out.size();
            encode(ANY_ELEMENT, value);
            items.add(out.copyFrom(start));
        }
        replaceSorted(first, items);
    }

    private void encodeMap(Map<?, ?> map) {
        begin(Tag.MAP);
        var items = new ArrayList<byte[]>(map.size());
        int first = out.size();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            int start = out.size();
            trail.enter(new Trail.MapKey(entry.getKey()));
            encode(entry.getKey());
            encode(entry.getValue());
            trail.leave();
            items.add(out.copyFrom(start));
        }
        replaceSorted(first, items);
    }

    /** The order in which a set or a map hands out its elements must not count. */
    private void replaceSorted(int first, List<byte[]> items) {
        items.sort(Arrays::compareUnsigned);
        out.cutBackTo(first);
        items.forEach(out::raw);
        out.tag(Tag.END);
    }

    private void begin(int tag) {
        checkDepth();
        out.tag(tag);
    }

    private void checkDepth() {
        if (depth > settings.maxDepth()) {
            throw trail.problem(
                    "is nested more than " + settings.maxDepth() + " levels deep, or contains itself. Pass a flatter"
                            + " value, or raise cacheness.keys.max-depth.",
                    null);
        }
    }

    private CacheSerializationException refuse(Object value, String reason) {
        return trail.problem(
                "is a " + value.getClass().getTypeName() + ", " + reason
                        + ". Pass what identifies it instead, such as an id, text, a list or a record"
                        + (settings.introspectObjects()
                                ? "."
                                : "; or set cacheness.keys.introspect-objects=true to let the fields of the application's"
                                        + " own classes count."),
                null);
    }
}
