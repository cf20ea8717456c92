package dev.cacheness.internal.handler;

import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerProvider;
import dev.cacheness.spi.HandlerSettings;

/** Provides {@link JsonHandler}. */
public final class JsonHandlerProvider implements HandlerProvider {

    @Override
    public String name() {
        return JsonHandler.NAME;
    }

    @Override
    public Handler<?> create(HandlerSettings settings) {
        return new JsonHandler();
    }
}
