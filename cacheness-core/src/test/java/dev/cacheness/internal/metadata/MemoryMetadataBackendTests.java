package dev.cacheness.internal.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.Durability;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.contract.EntryFixture;
import dev.cacheness.contract.MetadataBackendContract;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.MetadataBackend;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryMetadataBackendTests extends MetadataBackendContract {

    @Override
    protected MetadataBackend open() {
        return open(Map.of());
    }

    @Test
    void providerSaysThatNothingOutlivesIt() {
        var provider = new MemoryMetadataBackendProvider();

        assertThat(provider.name()).isEqualTo("memory");
        assertThat(provider.inMemory()).isTrue();
    }

    @Test
    void unknownOptionIsRefused() {
        assertThatThrownBy(() -> open(Map.of("size", "3")))
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessageContaining("cacheness.metadata.options.size=3");
    }

    private static MetadataBackend open(Map<String, String> options) {
        var settings = new BackendSettings(
                Path.of("nowhere"), Durability.PROCESS, new MutableInstantSource(EntryFixture.NOW), options);
        return new MemoryMetadataBackendProvider().open(settings);
    }
}
