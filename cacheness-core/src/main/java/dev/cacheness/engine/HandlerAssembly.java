package dev.cacheness.engine;

import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerRegistry;
import dev.cacheness.spi.HandlerSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which handlers there are to be, and the registry made of them. Not thread-safe. */
final class HandlerAssembly {

    private @Nullable HandlerRegistry registry;

    private final List<Positioned> extras = new ArrayList<>();

    private final List<String> order = new ArrayList<>();

    private final List<String> disabled = new ArrayList<>();

    private final List<String> trustedPackages = new ArrayList<>();

    void use(HandlerRegistry registry) {
        this.registry = registry;
    }

    /** @param position null for after the others, but before those that take nearly everything */
    void add(Handler<?> handler, @Nullable Integer position) {
        extras.add(new Positioned(handler, position));
    }

    void order(List<String> names) {
        order.addAll(names);
    }

    void disable(Collection<String> names) {
        disabled.addAll(names);
    }

    void trust(Collection<String> packages) {
        trustedPackages.addAll(packages);
    }

    /** @throws dev.cacheness.CacheConfigurationException if a name is not known */
    HandlerRegistry assemble(ClassLoader classLoader, String codec, @Nullable Integer codecLevel) {
        HandlerRegistry handlers = registry != null
                ? registry
                : BuiltInHandlers.registry(new HandlerSettings(classLoader, trustedPackages, codec, codecLevel));
        for (Positioned extra : extras) {
            if (extra.position() == null) {
                handlers.register(extra.handler());
            } else {
                handlers.register(extra.handler(), extra.position());
            }
        }
        for (String name : disabled) {
            BuiltInHandlers.require(handlers, "cacheness.handlers.disabled", name);
            handlers.unregister(name);
        }
        BuiltInHandlers.reorder(handlers, order);
        return handlers;
    }

    private record Positioned(Handler<?> handler, @Nullable Integer position) {}
}
