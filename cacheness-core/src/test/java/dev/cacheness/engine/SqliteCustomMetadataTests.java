package dev.cacheness.engine;

import java.nio.file.Path;

class SqliteCustomMetadataTests extends SharedCustomMetadataContract {

    @Override
    CachenessBuilder builder(Path directory) {
        return CachenessBuilder.at(directory);
    }
}
