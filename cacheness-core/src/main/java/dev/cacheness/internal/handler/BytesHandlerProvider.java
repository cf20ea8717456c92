package dev.cacheness.internal.handler;

import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerProvider;
import dev.cacheness.spi.HandlerSettings;

/** Provides {@link BytesHandler}. */
public final class BytesHandlerProvider implements HandlerProvider {

    @Override
    public String name() {
        return BytesHandler.NAME;
    }

    @Override
    public Handler<?> create(HandlerSettings settings) {
        return new BytesHandler();
    }
}
