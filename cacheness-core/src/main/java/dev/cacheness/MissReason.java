package dev.cacheness;

import java.util.Locale;

/** Why there was nothing to be had. */
public enum MissReason {

    /** The key was never put, or what became of its entry is no longer remembered. */
    ABSENT,

    /** The entry's time was over, or it was older than the caller wanted. */
    EXPIRED,

    /** The entry was removed to make room. Remembered for the latest removals of this process only. */
    EVICTED,

    /** The entry was removed by a user. Remembered for the latest removals of this process only. */
    INVALIDATED,

    /** The value is of another type than the key says, or its class has changed so that it can no longer be read. */
    TYPE_CHANGED,

    /** The stored bytes are not those that were written, or they are gone. */
    CORRUPT,

    /** The value may not be read: its class is not trusted, or its handler or codec is not there. */
    REFUSED,

    /** The store did not answer. The entry may be there. */
    BACKEND_DOWN;

    /** The name as metrics, logs and the endpoint show it, such as {@code type-changed}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
