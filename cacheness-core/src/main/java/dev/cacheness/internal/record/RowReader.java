package dev.cacheness.internal.record;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Makes an object of the row that a result stands on.
 *
 * @param <T> the type of a row
 */
@FunctionalInterface
public interface RowReader<T> {

    T read(ResultSet row) throws SQLException;
}
