package dev.cacheness.internal.handler;

import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerProvider;
import dev.cacheness.spi.HandlerSettings;

/** Provides {@link ObjectHandler}. */
public final class ObjectHandlerProvider implements HandlerProvider {

    @Override
    public String name() {
        return ObjectHandler.NAME;
    }

    @Override
    public Handler<?> create(HandlerSettings settings) {
        ForyHolder fory = new ForyHolder(settings.classLoader(), new TypePolicy(settings));
        ForyWarmUp.begin(fory);
        return new ObjectHandler(fory);
    }
}
