package dev.cacheness.internal.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How objects of one type lie in the columns of a table. Safe for use by several threads.
 *
 * @param <T> the type of a row
 */
public interface RowShape<T> {

    /** The columns, in the order of every array and result below. */
    List<Column> columns();

    /**
     * The stored forms of a row's values.
     *
     * @throws InvalidValueException if one of them does not fit its column
     */
    @Nullable
    Object[] store(T row);

    /** The row of stored forms. */
    T restore(@Nullable Object[] stored);

    /** Reads rows from results that select {@link #columns()} in their order and in their stored form. */
    RowReader<T> reader();
}
