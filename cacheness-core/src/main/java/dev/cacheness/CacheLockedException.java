package dev.cacheness;

/** Another process has the index open, and it can have only one at a time. */
public class CacheLockedException extends CacheMetadataException {

    private static final long serialVersionUID = 1L;

    public CacheLockedException(String message) {
        super(message);
    }
}
