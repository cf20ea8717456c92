package dev.cacheness.internal.handler.array;

import dev.cacheness.CacheSerializationException;
import java.lang.reflect.Array;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays in arrays that are yet to be made. */
sealed interface Skeleton {

    /** Header and length of an array on the heap. */
    int ARRAY_OVERHEAD = 16;

    /** How many elements the innermost arrays have together. */
    long elements();

    /** What all arrays take on the heap, about. */
    double heapBytes();

    /** Makes the arrays. The innermost ones, still empty, are added to the list in the order of their elements. */
    Object allocate(List<Object> leaves);

    /** Of equal lengths. */
    final class Rectangular implements Skeleton {

        private final ElementKind kind;

        private final int[] dimensions;

        private final double heapBytes;

        private final long elements;

        Rectangular(ElementKind kind, int[] dimensions) {
            this.kind = kind;
            this.dimensions = dimensions;
            double arrays = 1;
            double allArrays = 0;
            double total = 0;
            for (int i = 0; i < dimensions.length; i++) {
                if (dimensions[i] < 0) {
                    throw new CacheSerializationException("An array cannot have " + dimensions[i] + " elements");
                }
                int width = i == dimensions.length - 1 ? kind.heapBytes() : Integer.BYTES;
                allArrays += arrays;
                total += arrays * (ARRAY_OVERHEAD + (double) width * dimensions[i]);
                if (i < dimensions.length - 1) {
                    arrays *= dimensions[i];
                }
            }
            heapBytes = total;
            elements = (long) (arrays * dimensions[dimensions.length - 1]);
            if (allArrays > elements + ArrayShape.MAX_EMPTY_ARRAYS) {
                throw new CacheSerializationException("So many empty arrays are not stored by their dimensions");
            }
        }

        @Override
        public long elements() {
            return elements;
        }

        @Override
        public double heapBytes() {
            return heapBytes;
        }

        @Override
        public Object allocate(List<Object> leaves) {
            Object array = Array.newInstance(kind.elementClass(), dimensions);
            collect(array, dimensions.length, leaves);
            return array;
        }

        private static void collect(Object array, int rank, List<Object> leaves) {
            if (rank == 1) {
                leaves.add(array);
                return;
            }
            for (Object child : (Object[]) array) {
                collect(child, rank - 1, leaves);
            }
        }
    }

    /** Of different lengths, or with gaps. */
    final class Jagged implements Skeleton {

        private final int[] lengths;

        private final Class<?>[] components;

        private final int elementBytes;

        private double heapBytes;

        private long elements;

        private int position;

        /** @param lengths depth first, an array before those in it; -1 for one that is missing */
        Jagged(ElementKind kind, int rank, int[] lengths) {
            this.lengths = lengths;
            elementBytes = kind.heapBytes();
            components = new Class<?>[rank];
            components[rank - 1] = kind.elementClass();
            for (int i = rank - 2; i >= 0; i--) {
                components[i] = components[i + 1].arrayType();
            }
            measure(0);
            if (position != lengths.length || lengths[0] < 0) {
                throw noArray();
            }
        }

        @Override
        public long elements() {
            return elements;
        }

        @Override
        public double heapBytes() {
            return heapBytes;
        }

        private void measure(int level) {
            if (position == lengths.length) {
                throw noArray();
            }
            int length = lengths[position++];
            if (length < -1) {
                throw noArray();
            }
            boolean leaf = level == components.length - 1;
            heapBytes += ARRAY_OVERHEAD + (double) Math.max(0, length) * (leaf ? elementBytes : Integer.BYTES);
            if (leaf) {
                elements += Math.max(0, length);
                return;
            }
            for (int i = 0; i < length; i++) {
                measure(level + 1);
            }
        }

        @Override
        public Object allocate(List<Object> leaves) {
            position = 0;
            Object array = next(0, leaves);
            if (array == null) {
                throw noArray();
            }
            return array;
        }

        private @Nullable Object next(int level, List<Object> leaves) {
            int length = lengths[position++];
            if (length < 0) {
                return null;
            }
            Object array = Array.newInstance(components[level], length);
            if (level == components.length - 1) {
                leaves.add(array);
                return array;
            }
            @Nullable Object[] children = (Object[]) array;
            for (int i = 0; i < length; i++) {
                children[i] = next(level + 1, leaves);
            }
            return array;
        }

        private static CacheSerializationException noArray() {
            return new CacheSerializationException("The lengths of an array make no array");
        }
    }
}
