package dev.cacheness.internal.handler;

import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerProvider;
import dev.cacheness.spi.HandlerSettings;

/** Provides {@link NullHandler}. */
public final class NullHandlerProvider implements HandlerProvider {

    @Override
    public String name() {
        return NullHandler.NAME;
    }

    @Override
    public Handler<?> create(HandlerSettings settings) {
        return new NullHandler();
    }
}
