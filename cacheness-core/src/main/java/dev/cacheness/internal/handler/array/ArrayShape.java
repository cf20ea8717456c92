package dev.cacheness.internal.handler.array;

import java.lang.reflect.Array;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lengths of an array and of all arrays in it.
 *
 * @param rank how many dimensions it has
 * @param dimensions the lengths by dimension, null if they do not say all: arrays differ in length, are missing, or are many and empty
 * @param arrays how many arrays there are, missing ones included
 * @param elements how many elements there are
 */
@SuppressWarnings("ArrayRecordComponent")
record ArrayShape(int rank, int @Nullable [] dimensions, long arrays, long elements) {

    /**
     * How many more arrays than elements there may be if only dimensions are written: empty arrays take heap, and a reader should not have to take that
     * for a few numbers.
     */
    static final int MAX_EMPTY_ARRAYS = 1_000;

    static ArrayShape of(Object array) {
        int rank = rankOf(array.getClass());
        Scan scan = new Scan(rank);
        scan.visit(array, 0);
        boolean byDimensions = scan.rectangular && scan.arrays <= scan.elements + MAX_EMPTY_ARRAYS;
        return new ArrayShape(rank, byDimensions ? scan.dimensions() : null, scan.arrays, scan.elements);
    }

    static int rankOf(Class<?> arrayClass) {
        int rank = 0;
        for (Class<?> type = arrayClass; type.isArray(); type = type.getComponentType()) {
            rank++;
        }
        return rank;
    }

    private static final class Scan {

        private final int rank;

        private final int[] lengths;

        private boolean rectangular = true;

        private long arrays;

        private long elements;

        Scan(int rank) {
            this.rank = rank;
            this.lengths = new int[rank];
            Arrays.fill(lengths, -1);
        }

        void visit(@Nullable Object array, int level) {
            arrays++;
            if (array == null) {
                rectangular = false;
                return;
            }
            int length = Array.getLength(array);
            if (lengths[level] < 0) {
                lengths[level] = length;
            } else if (lengths[level] != length) {
                rectangular = false;
            }
            if (level == rank - 1) {
                elements += length;
                return;
            }
            for (Object child : (Object[]) array) {
                visit(child, level + 1);
            }
        }

        int[] dimensions() {
            int[] dimensions = lengths.clone();
            for (int i = 0; i < rank; i++) {
                dimensions[i] = Math.max(0, dimensions[i]);
            }
            return dimensions;
        }
    }
}
