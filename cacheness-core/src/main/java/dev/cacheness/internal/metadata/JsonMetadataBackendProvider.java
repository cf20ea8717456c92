package dev.cacheness.internal.metadata;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheMetadataException;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.MetadataBackendProvider;
import java.io.IOException;

/** Opens the index that lives in memory and in a journal. */
public final class JsonMetadataBackendProvider implements MetadataBackendProvider {

    private static final String NAME = "json";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Rows in memory and, line by line as JSON, in the file index.journal in the directory of the cache; for one process at a time";
    }

    @Override
    public MetadataBackend open(BackendSettings settings) {
        settings.options().forEach((option, value) -> {
            throw new CacheConfigurationException(
                    "cacheness.metadata.options." + option,
                    null,
                    "The json backend has no options.",
                    "Remove it, or choose another cacheness.metadata.backend.");
        });
        var files = new JournalFiles(settings.directory());
        try {
            JournalLock lock = JournalLock.acquire(settings.directory(), files.lock(), settings.clock());
            boolean opened = false;
            try {
                JournalRecovery recovery = JournalRecovery.of(files);
                Journal journal = Journal.open(files, settings.durability(), lock, recovery);
                opened = true;
                return new MemoryMetadataBackend(NAME, recovery.state(), journal);
            } finally {
                if (!opened) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw new CacheMetadataException(
                    "The index in " + settings.directory() + " cannot be opened: " + e
                            + ". Check that this process may read and write it.",
                    e);
        }
    }
}
