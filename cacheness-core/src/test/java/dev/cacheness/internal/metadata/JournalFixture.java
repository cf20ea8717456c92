package dev.cacheness.internal.metadata;

import dev.cacheness.Durability;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.contract.EntryFixture;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.MetadataBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** Opens journals, as the cache does and in other ways. */
final class JournalFixture {

    private JournalFixture() {}

    static MetadataBackend open(Path directory) {
        return open(directory, Durability.PROCESS);
    }

    static MetadataBackend open(Path directory, Durability durability) {
        var settings = new BackendSettings(directory, durability, new MutableInstantSource(EntryFixture.NOW), Map.of());
        return new JsonMetadataBackendProvider().open(settings);
    }

    /** One that makes a snapshot every few changes. */
    static MetadataBackend openWithSnapshots(Path directory) {
        var files = new JournalFiles(directory);
        try {
            JournalLock lock = JournalLock.acquire(directory, files.lock(), new MutableInstantSource(EntryFixture.NOW));
            JournalRecovery recovery = JournalRecovery.of(files);
            return new MemoryMetadataBackend(
                    "json", recovery.state(), Journal.open(files, Durability.PROCESS, 5_000, lock, recovery));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
