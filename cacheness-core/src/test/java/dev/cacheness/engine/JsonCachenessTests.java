package dev.cacheness.engine;

import java.nio.file.Path;

class JsonCachenessTests extends CachenessContract {

    @Override
    CachenessBuilder builder(Path directory) {
        return CachenessBuilder.at(directory).metadataBackend("json");
    }
}
