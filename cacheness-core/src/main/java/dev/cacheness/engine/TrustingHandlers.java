package dev.cacheness.engine;

import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The handlers of a cache, with what the policy of each namespace trusts beyond them. Thread-safe. */
final class TrustingHandlers {

    private final HandlerRegistry handlers;

    private final Function<String, List<String>> trustedPackages;

    /** Few: one for each list of packages in the settings, and each handler that cares. */
    private final Map<Key, Handler<?>> variants = new ConcurrentHashMap<>();

    TrustingHandlers(HandlerRegistry handlers, Policies policies) {
        this(handlers, namespace -> policies.of(namespace).trustedPackages());
    }

    /** The handlers as they are. */
    TrustingHandlers(HandlerRegistry handlers) {
        this(handlers, namespace -> List.of());
    }

    private TrustingHandlers(HandlerRegistry handlers, Function<String, List<String>> trustedPackages) {
        this.handlers = handlers;
        this.trustedPackages = trustedPackages;
    }

    List<String> names() {
        return handlers.names();
    }

    /** The handler of a name, for values of the namespace. */
    Optional<Handler<?>> forName(String name, String namespace) {
        return handlers.forName(name).map(handler -> forNamespace(handler, namespace));
    }

    /** The handler, for values of the namespace. */
    @SuppressWarnings("unchecked")
    <T> Handler<T> forNamespace(Handler<T> handler, String namespace) {
        List<String> packages = trustedPackages.apply(namespace);
        return packages.isEmpty()
                ? handler
                : (Handler<T>) variants.computeIfAbsent(new Key(handler, packages), key -> handler.trusting(packages));
    }

    /** Those that were made here. */
    Collection<Handler<?>> variants() {
        return variants.entrySet().stream()
                .filter(variant -> variant.getKey().handler() != variant.getValue())
                .<Handler<?>>map(Map.Entry::getValue)
                .toList();
    }

    private record Key(Handler<?> handler, List<String> packages) {}
}
