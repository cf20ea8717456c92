package dev.cacheness.sql;

/** A query would take more calls to the source, or a wider range, than is allowed. Nothing was asked of the source. */
public class FetchPlanTooLargeException extends SqlCacheException {

    private static final long serialVersionUID = 1L;

    public FetchPlanTooLargeException(String message) {
        super(message, null);
    }
}
