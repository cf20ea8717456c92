package dev.cacheness.internal.record;

/** A value does not fit its column. The caller knows which row it was and says so in an exception of its own. */
public final class InvalidValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String column;

    public InvalidValueException(String column, String problem, Throwable cause) {
        super(problem, cause);
        this.column = column;
    }

    public String column() {
        return column;
    }
}
