package dev.cacheness.engine;

import dev.cacheness.Durability;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.contract.EntryFixture;
import dev.cacheness.contract.MetadataBackendContract;
import dev.cacheness.internal.jdbc.SqliteMetadataBackendProvider;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.MetadataBackend;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** With the layer in front an index keeps all its promises. */
class MemoryLayerContractTests extends MetadataBackendContract {

    @TempDir
    Path directory;

    @Override
    protected MetadataBackend open() {
        var clock = new MutableInstantSource(EntryFixture.NOW);
        return new MemoryLayer(
                new SqliteMetadataBackendProvider()
                        .open(new BackendSettings(directory, Durability.PROCESS, clock, Map.of())),
                MemoryLayerSettings.DEFAULT,
                clock);
    }
}
