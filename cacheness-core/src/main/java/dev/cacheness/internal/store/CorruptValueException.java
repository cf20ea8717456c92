package dev.cacheness.internal.store;

import java.io.IOException;

/** The stored bytes are not those that were written. */
public final class CorruptValueException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean wrongSize;

    CorruptValueException(String message) {
        this(message, false);
    }

    private CorruptValueException(String message, boolean wrongSize) {
        super(message);
        this.wrongSize = wrongSize;
    }

    CorruptValueException(String message, Throwable cause) {
        super(message, cause);
        this.wrongSize = false;
    }

    static CorruptValueException ofSize(long actual, long expected) {
        return new CorruptValueException("The stored value has " + actual + " bytes instead of " + expected, true);
    }

    /** Whether there are more or fewer bytes than there were written, so that none of them was looked at. */
    public boolean isWrongSize() {
        return wrongSize;
    }
}
