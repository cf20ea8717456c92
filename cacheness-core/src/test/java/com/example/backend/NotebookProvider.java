package com.example.backend;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.MetadataBackendProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Keeps its rows as the memory backend does, and remembers what it was opened with. Has one option, {@code owner}. */
public final class NotebookProvider implements MetadataBackendProvider {

    private final List<String> owners = new ArrayList<>();

    @Override
    public String name() {
        return "notebook";
    }

    @Override
    public String description() {
        return "Rows in the notebook of its owner";
    }

    @Override
    public List<String> requiredArtifacts() {
        return List.of("com.example:paper");
    }

    @Override
    public boolean inMemory() {
        return true;
    }

    @Override
    public MetadataBackend open(BackendSettings settings) {
        String owner = settings.options().get("owner");
        if (owner == null) {
            throw new CacheConfigurationException(
                    "cacheness.metadata.options.owner", null, "A notebook has an owner.", "Set it to a name.");
        }
        owners.add(owner);
        var inner = new BackendSettings(settings.directory(), settings.durability(), settings.clock(), Map.of());
        return memory().open(inner);
    }

    public List<String> owners() {
        return List.copyOf(owners);
    }

    private static MetadataBackendProvider memory() {
        return ServiceLoader.load(MetadataBackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("memory"))
                .findFirst()
                .orElseThrow();
    }
}
