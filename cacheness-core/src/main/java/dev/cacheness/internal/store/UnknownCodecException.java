package dev.cacheness.internal.store;

import java.io.IOException;

/** The value was compressed by a codec that is not registered. */
public final class UnknownCodecException extends IOException {

    private static final long serialVersionUID = 1L;

    UnknownCodecException(String codec) {
        super("The value was compressed by the codec '" + codec + "', which is not registered");
    }
}
