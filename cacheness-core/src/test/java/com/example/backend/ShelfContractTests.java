package com.example.backend;

import dev.cacheness.Durability;
import dev.cacheness.contract.BlobBackendContract;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.BlobBackend;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** A blob backend from outside is held to the same contract. */
class ShelfContractTests extends BlobBackendContract {

    @Override
    protected BlobBackend open() {
        return new ShelfProvider()
                .open(new BackendSettings(Path.of("unused"), Durability.PROCESS, InstantSource.system(), Map.of()));
    }
}
