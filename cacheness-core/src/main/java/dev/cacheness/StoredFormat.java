package dev.cacheness;

/** Formats that other programs read, for {@link PutOption#format}. */
public enum StoredFormat {

    /** A Parquet file, for a table or a list of records of one class whose components are flat; by the handler {@code table}. */
    PARQUET("table"),

    /** JSON, for any value that Jackson can write; by the handler {@code json}. It is read by the type of the key. */
    JSON("json");

    private final String handler;

    StoredFormat(String handler) {
        this.handler = handler;
    }

    /** The name of the handler that writes it. */
    public String handler() {
        return handler;
    }
}
