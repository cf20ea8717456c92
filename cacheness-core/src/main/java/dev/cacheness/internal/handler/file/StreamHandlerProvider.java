package dev.cacheness.internal.handler.file;

import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerProvider;
import dev.cacheness.spi.HandlerSettings;

/** Provides the handler of streams. */
public final class StreamHandlerProvider implements HandlerProvider {

    @Override
    public String name() {
        return FileHandler.STREAM;
    }

    @Override
    public Handler<?> create(HandlerSettings settings) {
        return FileHandler.ofStreams();
    }
}
