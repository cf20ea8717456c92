package dev.cacheness.engine;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.internal.codec.NearestName;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerProvider;
import dev.cacheness.spi.HandlerRegistry;
import dev.cacheness.spi.HandlerSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The handlers of the class path, in the order in which they should be asked. */
final class BuiltInHandlers {

    /** From the most particular to those that take nearly everything. Others found on the class path come before {@code json}. */
    private static final List<String> ORDER =
            List.of("null", "bytes", "file", "text", "array", "table", "json", "object");

    private static final String PROPERTY = "cacheness.handlers.order";

    private BuiltInHandlers() {}

    static HandlerRegistry registry(HandlerSettings settings) {
        List<HandlerProvider> providers = new ArrayList<>();
        ServiceLoader.load(HandlerProvider.class, settings.classLoader()).forEach(providers::add);
        providers.sort(Comparator.comparingInt(BuiltInHandlers::position));
        var registry = new HandlerRegistry();
        providers.forEach(provider -> registry.register(provider.create(settings)));
        return registry;
    }

    private static int position(HandlerProvider provider) {
        int position = ORDER.indexOf(provider.name());
        return position < 0 ? ORDER.indexOf("json") : position;
    }

    /** Brings the named handlers to the front, in the given order. */
    static void reorder(HandlerRegistry registry, List<String> order) {
        int position = 0;
        for (String name : order) {
            Handler<?> handler = require(registry, PROPERTY, name);
            registry.unregister(name);
            registry.register(handler, position++);
        }
    }

    static Handler<?> require(HandlerRegistry registry, String property, String name) {
        return registry.forName(name)
                .orElseThrow(() -> new CacheConfigurationException(
                        property,
                        name,
                        "There is no such handler.",
                        NearestName.suggestion(name, registry.names()) + "Use names among "
                                + String.join(", ", registry.names()) + "."));
    }
}
