package dev.cacheness.engine;

import dev.cacheness.spi.BackendDescription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which backend of one kind to take: one that is open already, or a provider by name. Not thread-safe.
 *
 * @param <B> the kind of backend
 * @param <P> its provider
 */
final class BackendChoice<B, P> {

    private final String property;

    private final Class<P> providerType;

    private final Function<P, String> nameOf;

    private final List<P> providers = new ArrayList<>();

    private final Set<String> removed = new HashSet<>();

    private final Map<String, String> options = new LinkedHashMap<>();

    private @Nullable String name;

    private @Nullable B instance;

    BackendChoice(String property, Class<P> providerType, Function<P, String> nameOf) {
        this.property = property;
        this.providerType = providerType;
        this.nameOf = nameOf;
    }

    void use(String name) {
        this.name = name;
    }

    void use(B instance) {
        this.instance = instance;
    }

    void options(Map<String, String> more) {
        options.putAll(more);
    }

    void register(P provider) {
        providers.add(provider);
        removed.remove(nameOf.apply(provider));
    }

    void unregister(String name) {
        removed.add(name);
    }

    @Nullable
    B instance() {
        return instance;
    }

    Map<String, String> options() {
        return options;
    }

    /**
     * The provider to open, null if the backend is open already.
     *
     * @throws dev.cacheness.CacheConfigurationException if there is none of that name
     */
    @Nullable
    P provider(String defaultName, ClassLoader classLoader) {
        return instance != null ? null : catalog(classLoader).require(name != null ? name : defaultName);
    }

    List<BackendDescription> describe(Function<P, BackendDescription> description, ClassLoader classLoader) {
        return catalog(classLoader).describe(description);
    }

    private BackendCatalog<P> catalog(ClassLoader classLoader) {
        return new BackendCatalog<>(property, providerType, nameOf, classLoader, providers, removed);
    }
}
