package dev.cacheness.internal.handler.array;

import dev.cacheness.spi.ParallelInput.Target;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The innermost arrays of an array of primitives, as one row of elements. Different elements may be set by different threads.
 *
 * <p>Memory is taken by the thread that has the first elements: meanwhile the others read and verify theirs.
 */
final class Leaves {

    private final ElementType type;

    private final Skeleton skeleton;

    private final List<Object> arrays = new ArrayList<>();

    /** The number of the first element of each array. */
    private long[] starts = {};

    private volatile @Nullable Object array;

    Leaves(ElementType type, Skeleton skeleton) {
        this.type = type;
        this.skeleton = skeleton;
    }

    /** The outermost array. */
    synchronized Object array() {
        Object made = array;
        if (made == null) {
            arrays.clear();
            made = HeapGuard.allocate(skeleton, arrays);
            starts = new long[arrays.size()];
            for (int i = 1; i < starts.length; i++) {
                starts[i] = starts[i - 1] + Array.getLength(arrays.get(i - 1));
            }
            array = made;
        }
        return made;
    }

    /** Sets elements from bytes, beginning with the element of that number; {@code length} is a multiple of the width. */
    void set(long element, byte[] bytes, int offset, int length) {
        array();
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

    /** Sets elements from the pieces that it is given. */
    Target fromPieces() {
        return new Target() {

            @Override
            public void accept(long position, byte[] bytes, int offset, int length) {
                set(position / type.width(), bytes, offset, length);
            }

            @Override
            public boolean isReady() {
                return array != null;
            }
        };
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
