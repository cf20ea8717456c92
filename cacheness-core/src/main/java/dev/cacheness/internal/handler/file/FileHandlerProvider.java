package dev.cacheness.internal.handler.file;

import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerProvider;
import dev.cacheness.spi.HandlerSettings;

/** Provides the handler of files. */
public final class FileHandlerProvider implements HandlerProvider {

    @Override
    public String name() {
        return FileHandler.FILE;
    }

    @Override
    public Handler<?> create(HandlerSettings settings) {
        return FileHandler.ofFiles();
    }
}
