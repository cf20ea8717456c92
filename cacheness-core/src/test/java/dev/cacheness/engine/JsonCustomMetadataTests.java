package dev.cacheness.engine;

import java.nio.file.Path;

class JsonCustomMetadataTests extends DurableCustomMetadataContract {

    @Override
    CachenessBuilder builder(Path directory) {
        return CachenessBuilder.at(directory).metadataBackend("json");
    }
}
