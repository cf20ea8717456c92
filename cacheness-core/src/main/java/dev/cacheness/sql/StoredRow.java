package dev.cacheness.sql;

import org.jspecify.annotations.Nullable;

/**
 * A row in its stored form.
 *
 * @param tick where it lies on the range axis
 * @param values one for each column
 */
record StoredRow(long tick, @Nullable Object[] values) {}
