package dev.cacheness.engine;

import java.nio.file.Path;

class MemoryCustomMetadataTests extends CustomMetadataContract {

    @Override
    CachenessBuilder builder(Path directory) {
        return CachenessBuilder.inMemory();
    }
}
