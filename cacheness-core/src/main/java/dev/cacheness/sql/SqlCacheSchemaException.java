package dev.cacheness.sql;

/** The table in the database was made for other columns, or by someone else. */
public class SqlCacheSchemaException extends SqlCacheException {

    private static final long serialVersionUID = 1L;

    public SqlCacheSchemaException(String message) {
        super(message, null);
    }
}
