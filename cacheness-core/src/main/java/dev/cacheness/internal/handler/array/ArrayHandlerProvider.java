package dev.cacheness.internal.handler.array;

import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerProvider;
import dev.cacheness.spi.HandlerSettings;

/** Provides {@link ArrayHandler}. */
public final class ArrayHandlerProvider implements HandlerProvider {

    @Override
    public String name() {
        return ArrayHandler.NAME;
    }

    @Override
    public Handler<?> create(HandlerSettings settings) {
        return new ArrayHandler(settings);
    }
}
