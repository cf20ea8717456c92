package dev.cacheness.internal.metadata;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.MetadataBackendProvider;

/** Opens the index that lives in memory. */
public final class MemoryMetadataBackendProvider implements MetadataBackendProvider {

    @Override
    public String name() {
        return MemoryMetadataBackend.NAME;
    }

    @Override
    public String description() {
        return "Rows in the memory of this process; gone when the cache closes";
    }

    @Override
    public boolean inMemory() {
        return true;
    }

    @Override
    public MetadataBackend open(BackendSettings settings) {
        settings.options().forEach((option, value) -> {
            throw new CacheConfigurationException(
                    "cacheness.metadata.options." + option,
                    value,
                    "The memory backend has no options.",
                    "Remove it, or choose another cacheness.metadata.backend.");
        });
        return new MemoryMetadataBackend();
    }
}
