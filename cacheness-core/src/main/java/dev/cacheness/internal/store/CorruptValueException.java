package dev.cacheness.internal.store;

import java.io.IOException;

/** The stored bytes are not those that were written. */
public final class CorruptValueException extends IOException {

    private static final long serialVersionUID = 1L;

    CorruptValueException(String message) {
        super(message);
    }

    CorruptValueException(String message, Throwable cause) {
        super(message, cause);
    }
}
