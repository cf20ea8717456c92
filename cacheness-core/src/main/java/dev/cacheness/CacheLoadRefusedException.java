package dev.cacheness;

/** So many loads of a cache failed in a row that no more are tried for a while, and there was no stale value instead. */
public final class CacheLoadRefusedException extends CacheException {

    private static final long serialVersionUID = 1L;

    public CacheLoadRefusedException(String digest, String namespace) {
        super(
                "Loads in namespace '" + namespace + "' failed too often, so key " + digest
                        + " is not loaded now. Try again later; see breaker-failures and breaker-pause of the cache.",
                null);
    }
}
