package dev.cacheness;

/** The cache was used after it had been closed. */
public class CacheClosedException extends CacheException {

    private static final long serialVersionUID = 1L;

    public CacheClosedException() {
        super("The cache is closed", null);
    }
}
