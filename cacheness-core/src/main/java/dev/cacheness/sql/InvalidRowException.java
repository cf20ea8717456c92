package dev.cacheness.sql;

import org.jspecify.annotations.Nullable;

/** A row from the source does not fit the table. Nothing of its fetch was stored. */
public class InvalidRowException extends SqlCacheException {

    private static final long serialVersionUID = 1L;

    private final int row;

    private final String column;

    public InvalidRowException(String cache, int row, String column, String problem, @Nullable Throwable cause) {
        super("Cache '" + cache + "': row " + row + " of the source, column '" + column + "': " + problem, cause);
        this.row = row;
        this.column = column;
    }

    /** The row's position in the source's answer, from 0. */
    public int row() {
        return row;
    }

    public String column() {
        return column;
    }
}
