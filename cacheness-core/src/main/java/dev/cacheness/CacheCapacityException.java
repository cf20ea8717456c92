package dev.cacheness;

/** A value is larger than the whole cache may be. Nothing was stored and nothing was evicted. */
public class CacheCapacityException extends CacheStorageException {

    private static final long serialVersionUID = 1L;

    private final long sizeBytes;

    private final long limitBytes;

    /** @param sizeBytes how much of the value had been written when the limit was passed */
    public CacheCapacityException(String digest, long sizeBytes, long limitBytes) {
        super("The value of key " + digest + " takes at least " + sizeBytes + " bytes, but the cache may take "
                + limitBytes + " in all; raise cacheness.storage.max-size or store less");
        this.sizeBytes = sizeBytes;
        this.limitBytes = limitBytes;
    }

    /** How much of the value had been written when the limit was passed. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** The limit. */
    public long limitBytes() {
        return limitBytes;
    }
}
