package dev.cacheness.internal.handler.array;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes arrays: kind of the elements, shape, elements. For one thread. */
final class ArrayWriter {

    private static final int CHUNK = 8 * 1024;

    private final ValueOutput out;

    private final BlockCoder coder;

    private final Workers workers;

    ArrayWriter(ValueOutput out, BlockCoder coder, Workers workers) {
        this.out = out;
        this.coder = coder;
        this.workers = workers;
    }

    void write(Object array, ElementKind kind) throws IOException {
        ArrayShape shape = ArrayShape.of(array);
        out.writeByte(kind.code());
        out.writeByte(shape.rank());
        writeShape(array, shape);
        ElementType type = kind.type();
        if (type == null) {
            writeTexts(array, shape);
        } else if (kind.boxed()) {
            writeBoxes(array, shape, type);
        } else {
            writePrimitives(array, shape, type);
        }
    }

    /** Writes the elements of one primitive array, without kind and shape. */
    void writeElements(Object array, int length, ElementType type) throws IOException {
        BlockOutput blocks = blocks(type, length);
        put(array, length, type, blocks);
        blocks.finish();
    }

    private void writeShape(Object array, ArrayShape shape) throws IOException {
        int[] dimensions = shape.dimensions();
        out.writeBoolean(dimensions == null);
        if (dimensions != null) {
            for (int length : dimensions) {
                out.writeInt(length);
            }
            return;
        }
        BlockOutput lengths = blocks(ElementType.INT, shape.arrays());
        writeLengths(array, shape.rank(), lengths);
        lengths.finish();
    }

    /** Depth first, an array before those in it; -1 for one that is missing. */
    private static void writeLengths(@Nullable Object array, int rank, BlockOutput lengths) throws IOException {
        lengths.room().putInt(array == null ? -1 : Array.getLength(array));
        if (array != null && rank > 1) {
            for (Object child : (Object[]) array) {
                writeLengths(child, rank - 1, lengths);
            }
        }
    }

    private void writePrimitives(Object array, ArrayShape shape, ElementType type) throws IOException {
        BlockOutput blocks = blocks(type, shape.elements());
        forEachLeaf(array, shape.rank(), leaf -> put(leaf, Array.getLength(leaf), type, blocks));
        blocks.finish();
    }

    private static void put(Object leaf, int length, ElementType type, BlockOutput blocks) throws IOException {
        int from = 0;
        while (from < length) {
            ByteBuffer room = blocks.room();
            int count = Math.min(length - from, room.remaining() / type.width());
            type.put(leaf, from, count, room);
            from += count;
        }
    }

    /** Which elements are there, one byte each, unless all are; then the elements, zero where there is none. */
    private void writeBoxes(Object array, ArrayShape shape, ElementType type) throws IOException {
        boolean gaps = hasGaps(array, shape.rank());
        out.writeBoolean(gaps);
        if (gaps) {
            BlockOutput present = blocks(ElementType.BOOLEAN, shape.elements());
            forEachLeaf(array, shape.rank(), leaf -> {
                for (Object element : (Object[]) leaf) {
                    present.room().put((byte) (element == null ? 0 : 1));
                }
            });
            present.finish();
        }
        BlockOutput blocks = blocks(type, shape.elements());
        Object chunk = Array.newInstance(type.primitive(), CHUNK);
        Object zero = Array.get(Array.newInstance(type.primitive(), 1), 0);
        forEachLeaf(array, shape.rank(), leaf -> {
            Object[] elements = (Object[]) leaf;
            for (int from = 0; from < elements.length; from += CHUNK) {
                int count = Math.min(CHUNK, elements.length - from);
                for (int i = 0; i < count; i++) {
                    Object element = elements[from + i];
                    Array.set(chunk, i, element == null ? zero : element);
                }
                put(chunk, count, type, blocks);
            }
        });
        blocks.finish();
    }

    private static boolean hasGaps(@Nullable Object array, int rank) {
        if (array == null) {
            return false;
        }
        for (Object child : (Object[]) array) {
            if (rank == 1 ? child == null : hasGaps(child, rank - 1)) {
                return true;
            }
        }
        return false;
    }

    /** The lengths in UTF-8, -1 for a text that is missing; then all texts, one after the other. */
    private void writeTexts(Object array, ArrayShape shape) throws IOException {
        BlockOutput lengths = blocks(ElementType.INT, shape.elements());
        long[] total = new long[1];
        forEachLeaf(array, shape.rank(), leaf -> {
            for (String text : (String[]) leaf) {
                int length = text == null ? -1 : text.getBytes(StandardCharsets.UTF_8).length;
                lengths.room().putInt(length);
                total[0] += Math.max(0, length);
            }
        });
        lengths.finish();
        BlockOutput bytes = blocks(ElementType.BYTE, total[0]);
        forEachLeaf(array, shape.rank(), leaf -> {
            for (String text : (String[]) leaf) {
                if (text != null) {
                    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                    put(utf8, utf8.length, ElementType.BYTE, bytes);
                }
            }
        });
        bytes.finish();
    }

    private BlockOutput blocks(ElementType type, long elements) throws IOException {
        return new BlockOutput(out, coder, workers, type.width(), elements * type.width());
    }

    private static void forEachLeaf(@Nullable Object array, int rank, LeafAction action) throws IOException {
        if (array == null) {
            return;
        }
        if (rank == 1) {
            action.accept(array);
            return;
        }
        for (Object child : (Object[]) array) {
            forEachLeaf(child, rank - 1, action);
        }
    }

    private interface LeafAction {

        void accept(Object leaf) throws IOException;
    }
}
