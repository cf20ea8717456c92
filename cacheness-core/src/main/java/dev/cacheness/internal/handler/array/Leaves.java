package dev.cacheness.internal.handler.array;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The innermost arrays of an array of primitives, as one row of elements. Different elements may be set by different threads. */
final class Leaves {

    private final ElementType type;

    private final List<Object> arrays;

    /** The number of the first element of each array. */
    private final long[] starts;

    Leaves(ElementType type, List<Object> arrays) {
        this.type = type;
        this.arrays = arrays;
        starts = new long[arrays.size()];
        for (int i = 1; i < starts.length; i++) {
            starts[i] = starts[i - 1] + Array.getLength(arrays.get(i - 1));
        }
    }

    /** Sets elements from bytes, beginning with the element of that number; {@code length} is a multiple of the width. */
    void set(long element, byte[] bytes, int offset, int length) {
        ByteBuffer source = ByteBuffer.wrap(bytes, offset, length).order(ByteOrder.LITTLE_ENDIAN);
        long next = element;
        for (int i = arrayWith(element); source.hasRemaining(); i++) {
            Object array = arrays.get(i);
            int to = (int) (next - starts[i]);
            int count = Math.min(Array.getLength(array) - to, source.remaining() / type.width());
            type.get(source, array, to, count);
            next += count;
        }
    }

    /** The last array that begins at the element or before it. */
    private int arrayWith(long element) {
        int low = 0;
        int high = starts.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts[middle] <= element) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
