package dev.cacheness;

import org.jspecify.annotations.Nullable;

/** A key or a value could not be turned into bytes, or bytes not into a value. */
public class CacheSerializationException extends CacheException {

    private static final long serialVersionUID = 1L;

    private final @Nullable MissReason missReason;

    public CacheSerializationException(String message) {
        this(message, null, null);
    }

    public CacheSerializationException(String message, @Nullable Throwable cause) {
        this(message, null, cause);
    }

    /** @param missReason what a reader is told when this is thrown while reading, null to leave it at {@link MissReason#CORRUPT} */
    public CacheSerializationException(String message, @Nullable MissReason missReason, @Nullable Throwable cause) {
        super(message, cause);
        this.missReason = missReason;
    }

    /** What a reader is told when this is thrown while reading, null if the handler did not say. */
    public @Nullable MissReason missReason() {
        return missReason;
    }
}
