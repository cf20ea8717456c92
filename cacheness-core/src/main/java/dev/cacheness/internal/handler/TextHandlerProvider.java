package dev.cacheness.internal.handler;

import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerProvider;
import dev.cacheness.spi.HandlerSettings;

/** Provides {@link TextHandler}. */
public final class TextHandlerProvider implements HandlerProvider {

    @Override
    public String name() {
        return TextHandler.NAME;
    }

    @Override
    public Handler<?> create(HandlerSettings settings) {
        return new TextHandler();
    }
}
