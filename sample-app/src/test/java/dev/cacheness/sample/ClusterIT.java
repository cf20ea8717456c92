package dev.cacheness.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Large values in a directory that both instances see. */
class ClusterIT extends ClusterContract {

    @TempDir
    private Path shared;

    @Override
    protected Map<String, String> environment(Path own) {
        return Map.of("SPRING_PROFILES_ACTIVE", "cluster,shared-directory", "CLUSTER_DIRECTORY", shared.toString());
    }

    @Override
    protected List<String> largeValues() throws IOException {
        try (Stream<Path> files = Files.walk(shared.resolve("cache").resolve("blobs"))) {
            return files.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }
}
