package dev.cacheness.internal.record;

import java.util.function.Function;

/**
 * How values of one Java type are stored.
 *
 * @param store from the value to its stored form; throws {@link IllegalArgumentException} or {@link ClassCastException} if it is none
 * @param restore from the stored form to the value
 */
record Conversion(ColumnKind kind, Function<Object, Object> store, Function<Object, Object> restore) {}
