package dev.cacheness.storage;

import dev.cacheness.Durability;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.engine.BlobStoreBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of stores of one kind, with the clock in its hand. */
abstract class StoreTest {

    @TempDir
    Path directory;

    final MutableInstantSource clock = new MutableInstantSource(Instant.parse("2026-01-01T00:00:00Z"));

    private final List<BlobStore> opened = new ArrayList<>();

    /** A store in the directory, with its index empty. */
    abstract BlobStoreBuilder builder(Path directory);

    BlobStore open(BlobStoreBuilder builder) {
        BlobStore store = builder.durability(Durability.PROCESS)
                .clock(clock)
                .trustedPackages(List.of("dev.cacheness.storage"))
                .build();
        opened.add(store);
        return store;
    }

    @AfterEach
    void closeStores() {
        opened.forEach(BlobStore::close);
    }

    static byte[] noise(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** How many blobs there are in files. */
    long files() throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("blobs"))
                    .count();
        }
    }
}
