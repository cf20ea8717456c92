package dev.cacheness.internal.jdbc;

import static dev.cacheness.contract.EntryFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.Durability;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.contract.EntryFixture;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLogTests {

    private static final long MIB = 1024 * 1024;

    @TempDir
    Path directory;

    @Test
    void logStaysBoundedHoweverMuchIsWritten() throws IOException {
        Path log = directory.resolve("cacheness.db-wal");
        long largest = 0;
        try (MetadataBackend backend = new SqliteMetadataBackendProvider()
                .open(new BackendSettings(
                        directory, Durability.PROCESS, new MutableInstantSource(EntryFixture.NOW), Map.of()))) {
            for (int i = 0; i < 4_000; i++) {
                backend.put(entry(i % 10).build(new byte[16 * 1024]), PutCondition.ALWAYS);
                backend.find(EntryFixture.digest(i % 10));
                largest = Math.max(largest, Files.size(log));
            }
        }

        // 64 MiB were written.
        assertThat(largest).isLessThan(18 * MIB);
        assertThat(Files.exists(log)).isFalse();
    }

    @Test
    void logCanBeForcedWhateverItsState() {
        try (MetadataBackend backend = new SqliteMetadataBackendProvider()
                .open(new BackendSettings(
                        directory, Durability.PROCESS, new MutableInstantSource(EntryFixture.NOW), Map.of()))) {
            assertThat(backend.force()).as("nothing written").isTrue();
            backend.put(entry(1).build(), PutCondition.ALWAYS);
            assertThat(backend.force()).as("something in the log").isTrue();
            backend.compact();
            assertThat(backend.force()).as("all of it in the file").isTrue();

            Thread.currentThread().interrupt();
            assertThat(backend.force()).as("interrupted").isTrue();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void logOfAClosedIndexIsNotForced() {
        MetadataBackend backend = new SqliteMetadataBackendProvider()
                .open(new BackendSettings(
                        directory, Durability.PROCESS, new MutableInstantSource(EntryFixture.NOW), Map.of()));
        backend.close();

        assertThatExceptionOfType(CacheMetadataException.class).isThrownBy(backend::force);
    }
}
