package dev.cacheness.internal.handler.array;

import dev.cacheness.CacheSerializationException;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ArrayWriter} wrote. Believes no length that the heap or the other lengths speak against. For one thread. */
final class ArrayReader {

    private static final int CHUNK = 8 * 1024;

    private final ValueInput in;

    private final BlockCoder coder;

    private final Workers workers;

    ArrayReader(ValueInput in, BlockCoder coder, Workers workers) {
        this.in = in;
        this.coder = coder;
        this.workers = workers;
    }

    Object read() throws IOException {
        ElementKind kind = ElementKind.ofCode(in.readUnsignedByte());
        int rank = in.readUnsignedByte();
        if (rank == 0) {
            throw new CacheSerializationException("An array has at least one dimension");
        }
        Skeleton skeleton = in.readBoolean()
                ? new Skeleton.Jagged(kind, rank, (int[]) readElements(ElementType.INT))
                : new Skeleton.Rectangular(kind, readDimensions(rank));
        ElementType type = kind.type();
        if (type == null) {
            return readTexts(skeleton);
        }
        return kind.boxed() ? readBoxes(skeleton, type) : readPrimitives(skeleton, type);
    }

    /** Reads the elements of one primitive array. */
    Object readElements(ElementType type) throws IOException {
        BlockInput blocks = new BlockInput(in, coder, workers, type.width());
        long length = blocks.total() / type.width();
        if (length > Integer.MAX_VALUE - 8) {
            throw new CacheSerializationException("An array cannot have " + length + " elements");
        }
        Skeleton skeleton = new Skeleton.Rectangular(new ElementKind(type, false), new int[] {(int) length});
        return fillPrimitives(skeleton, type, blocks);
    }

    private int[] readDimensions(int rank) throws IOException {
        int[] dimensions = new int[rank];
        for (int i = 0; i < rank; i++) {
            dimensions[i] = in.readInt();
        }
        return dimensions;
    }

    private Object readPrimitives(Skeleton skeleton, ElementType type) throws IOException {
        return fillPrimitives(skeleton, type, blocks(type, skeleton));
    }

    private static Object fillPrimitives(Skeleton skeleton, ElementType type, BlockInput blocks) throws IOException {
        blocks.prefetch();
        HeapGuard.check(skeleton.heapBytes());
        var leaves = new Leaves(type, skeleton);
        blocks.readAll(leaves);
        return leaves.array();
    }

    /** Memory is taken only after the first blocks turned out to be there, so that a forged length alone takes none. */
    private static Object allocate(Skeleton skeleton, BlockInput blocks, List<Object> leaves) throws IOException {
        blocks.prefetch();
        HeapGuard.check(skeleton.heapBytes());
        return HeapGuard.allocate(skeleton, leaves);
    }

    private static void fill(byte[] text, BlockInput blocks) throws IOException {
        int to = 0;
        while (to < text.length) {
            ByteBuffer next = blocks.next();
            int count = Math.min(text.length - to, next.remaining());
            next.get(text, to, count);
            to += count;
        }
    }

    private Object readBoxes(Skeleton skeleton, ElementType type) throws IOException {
        byte[] present = in.readBoolean() ? (byte[]) readElements(ElementType.BYTE) : null;
        if (present != null && present.length != skeleton.elements()) {
            throw new CacheSerializationException("An array has marks for " + present.length + " elements only");
        }
        BlockInput blocks = blocks(type, skeleton);
        List<Object> leaves = new ArrayList<>();
        Object array = allocate(skeleton, blocks, leaves);
        Object chunk = Array.newInstance(type.primitive(), CHUNK);
        int position = 0;
        for (Object leaf : leaves) {
            @Nullable Object[] elements = (Object[]) leaf;
            int to = 0;
            while (to < elements.length) {
                ByteBuffer next = blocks.next();
                int count = Math.min(Math.min(elements.length - to, CHUNK), next.remaining() / type.width());
                type.get(next, chunk, 0, count);
                for (int i = 0; i < count; i++) {
                    if (present == null || present[position + i] != 0) {
                        elements[to + i] = Array.get(chunk, i);
                    }
                }
                to += count;
                position += count;
            }
        }
        return array;
    }

    private Object readTexts(Skeleton skeleton) throws IOException {
        int[] lengths = (int[]) readElements(ElementType.INT);
        if (lengths.length != skeleton.elements()) {
            throw new CacheSerializationException("An array has lengths for " + lengths.length + " texts only");
        }
        BlockInput blocks = new BlockInput(in, coder, workers, 1);
        List<Object> leaves = new ArrayList<>();
        Object array = allocate(skeleton, blocks, leaves);
        long left = blocks.total();
        int position = 0;
        for (Object leaf : leaves) {
            @Nullable String[] texts = (String[]) leaf;
            for (int i = 0; i < texts.length; i++) {
                int length = lengths[position++];
                if (length > left || length < -1) {
                    throw new CacheSerializationException("A text of an array cannot have " + length + " bytes");
                }
                if (length >= 0) {
                    byte[] utf8 = new byte[length];
                    fill(utf8, blocks);
                    texts[i] = new String(utf8, StandardCharsets.UTF_8);
                    left -= length;
                }
            }
        }
        if (left != 0) {
            throw new CacheSerializationException("An array has " + left + " bytes of text too many");
        }
        return array;
    }

    private BlockInput blocks(ElementType type, Skeleton skeleton) throws IOException {
        BlockInput blocks = new BlockInput(in, coder, workers, type.width());
        if (blocks.total() != skeleton.elements() * type.width()) {
            throw new CacheSerializationException("An array of " + skeleton.elements() + " elements cannot have "
                    + blocks.total() + " bytes of them");
        }
        return blocks;
    }
}
