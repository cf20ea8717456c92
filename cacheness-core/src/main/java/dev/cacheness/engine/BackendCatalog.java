package dev.cacheness.engine;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.internal.codec.NearestName;
import dev.cacheness.spi.BackendDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;

/**
 * The providers of one kind of backend by name: those of the class path, and those that were given, which win over them.
 *
 * @param <P> the kind of provider
 */
final class BackendCatalog<P> {

    private final String property;

    private final Map<String, P> providers = new LinkedHashMap<>();

    /**
     * @param given wins over what is found on the class path
     * @param removed names that are left out
     */
    BackendCatalog(
            String property,
            Class<P> kind,
            Function<P, String> name,
            ClassLoader classLoader,
            List<P> given,
            Set<String> removed) {
        this.property = property;
        for (P provider : ServiceLoader.load(kind, classLoader)) {
            providers.put(name.apply(provider), provider);
        }
        for (P provider : given) {
            providers.put(name.apply(provider), provider);
        }
        providers.keySet().removeAll(removed);
    }

    List<BackendDescription> describe(Function<P, BackendDescription> description) {
        return providers.values().stream().map(description).toList();
    }

    /** @throws CacheConfigurationException if there is none of that name; says which there are, and which may be meant */
    P require(String name) {
        P provider = providers.get(name);
        if (provider == null) {
            List<String> names = new ArrayList<>(providers.keySet());
            throw new CacheConfigurationException(
                    property,
                    name,
                    "There is no such backend.",
                    NearestName.suggestion(name, names) + "Use one of " + String.join(", ", names)
                            + ", or register a provider of that name.");
        }
        return provider;
    }
}
