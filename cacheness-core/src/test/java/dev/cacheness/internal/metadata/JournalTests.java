package dev.cacheness.internal.metadata;

import static dev.cacheness.contract.EntryFixture.NOW;
import static dev.cacheness.contract.EntryFixture.digest;
import static dev.cacheness.contract.EntryFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheLockedException;
import dev.cacheness.CacheMetadataException;
import dev.cacheness.Durability;
import dev.cacheness.EntryMetadata;
import dev.cacheness.spi.EntryAccess;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.StoredEntry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is there when a journal is opened again, whole or not. */
class JournalTests {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Durability.class)
    void everyKindOfChangeIsThereAgain(Durability durability) {
        StoredEntry kept = entry(1).in("größe")
                .tagged("a", "b")
                .with(Map.of("x", 1.0, "y", 2L, "z", "\0"))
                .describedAs("d\n", Map.of("p", "q"))
                .build();
        long invalidations;
        try (MetadataBackend backend = JournalFixture.open(directory, durability)) {
            put(backend, kept);
            put(backend, entry(2).build());
            put(backend, entry(3).expiresAt(NOW).build());
            put(backend, entry(4).inBlob("blob-4").build());
            backend.invalidate(List.of(digest(2)));
            backend.removeExpired(NOW, 10);
            backend.setExpiry(digest(4), NOW, NOW.plusSeconds(9));
            backend.recordAccesses(List.of(new EntryAccess(digest(4), 3, NOW.plusSeconds(1))));
            invalidations = backend.invalidations(digest(2));
        }

        try (MetadataBackend backend = JournalFixture.open(directory, durability)) {
            StoredEntry found = backend.findDescribed(digest(1)).orElseThrow();
            assertThat(found.metadata()).isEqualTo(kept.metadata());
            assertThat(found)
                    .usingRecursiveComparison()
                    .ignoringFields("metadata")
                    .isEqualTo(kept);
            assertThat(digests(backend)).containsExactly(digest(1), digest(4));
            EntryMetadata fourth = backend.find(digest(4)).orElseThrow().metadata();
            assertThat(fourth.expiresAt()).isEqualTo(NOW.plusSeconds(9));
            assertThat(fourth.hits()).isEqualTo(3);
            assertThat(fourth.accessedAt()).isEqualTo(NOW.plusSeconds(1));
            assertThat(backend.invalidations(digest(2))).isEqualTo(invalidations);
        }
    }

    @Test
    void snapshotsAndJournalsTakeTurns() throws IOException {
        try (MetadataBackend backend = JournalFixture.openWithSnapshots(directory)) {
            for (int number = 0; number < 200; number++) {
                put(backend, entry(number % 20).sized(number).build());
            }
        }

        assertThat(names())
                .contains("index.journal", "index.snap", "index.snap.old")
                .noneMatch(name -> name.contains(".new"));
        assertThat(Files.size(directory.resolve("index.journal"))).isLessThan(30_000);
        try (MetadataBackend backend = JournalFixture.open(directory)) {
            assertThat(backend.totals().sizeBytes()).isEqualTo(3_790);
        }
    }

    @Test
    void linesCanBeRead() throws IOException {
        fill(1);

        assertThat(Files.readAllLines(directory.resolve("index.journal")))
                .anyMatch(line -> line.matches("\\d+ [0-9a-f]{8} \\{\"put\":\\{\"digest\":\"" + digest(0)
                        + "\".*\"createdAt\":\"2026-03-01T12:00:00.123Z\".*"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("index.journal"))))
                .isEqualTo("rw-------");
    }

    @Test
    void lastLineThatWasCutOffIsDroppedWhereverItWasCut() throws IOException {
        fill(3);
        byte[] whole = Files.readAllBytes(journal());
        int lastLine =
                new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1).lastIndexOf('\n', whole.length - 2) + 1;
        for (int length = lastLine; length < whole.length; length += 7) {
            Files.write(journal(), java.util.Arrays.copyOf(whole, length));

            try (MetadataBackend backend = JournalFixture.open(directory)) {
                assertThat(digests(backend)).as("%s bytes", length).containsExactly(digest(0), digest(1));
                put(backend, entry(7).build());
            }
            try (MetadataBackend backend = JournalFixture.open(directory)) {
                assertThat(digests(backend)).hasSize(3);
            }
        }
    }

    @Test
    void damageInsideLeadsBackToTheSnapshotWithoutWhatChangedSince() throws IOException {
        try (MetadataBackend backend = JournalFixture.open(directory)) {
            put(backend, entry(0).build());
            put(backend, entry(1).build());
        }
        restartFromJournal();
        try (MetadataBackend backend = JournalFixture.open(directory)) {
            put(backend, entry(2).build());
            put(backend, entry(3).build());
            put(backend, entry(1).build());
        }
        damage(journal(), "\"digest\":\"" + digest(2));

        try (MetadataBackend backend = JournalFixture.open(directory)) {
            assertThat(digests(backend)).containsExactly(digest(0));
        }
        assertThat(names()).contains("index.journal.damaged-1");
        try (MetadataBackend backend = JournalFixture.open(directory)) {
            assertThat(digests(backend)).containsExactly(digest(0));
        }
    }

    @Test
    void damagedSnapshotLeadsBackToTheOlderOne() throws IOException {
        try (MetadataBackend backend = JournalFixture.openWithSnapshots(directory)) {
            for (int number = 0; number < 100; number++) {
                put(backend, entry(number).build());
            }
        }
        damage(directory.resolve("index.snap"), "\"put\"");

        try (MetadataBackend backend = JournalFixture.open(directory)) {
            assertThat(digests(backend)).isNotEmpty().hasSizeLessThan(100);
        }
        assertThat(names()).contains("index.snap.damaged-1");
    }

    @Test
    void journalThatASnapshotReplacedDoesNotCount() throws IOException {
        try (MetadataBackend backend = JournalFixture.openWithSnapshots(directory)) {
            put(backend, entry(1).build());
        }
        byte[] former = Files.readAllBytes(journal());
        try (MetadataBackend backend = JournalFixture.openWithSnapshots(directory)) {
            backend.invalidate(List.of(digest(1)));
            for (int number = 10; number < 30; number++) {
                put(backend, entry(number).build());
            }
        }
        Files.write(journal(), former);

        try (MetadataBackend backend = JournalFixture.open(directory)) {
            assertThat(backend.find(digest(1))).isEmpty();
        }
    }

    @Test
    void newerFormatIsRefusedAndLeftAsItIs() throws IOException {
        fill(1);
        byte[] newer = JournalLine.encode(Map.of("cacheness", "journal", "version", 3L, "sequence", 1L));
        Files.write(journal(), newer);

        assertThatExceptionOfType(CacheMetadataException.class)
                .isThrownBy(() -> JournalFixture.open(directory))
                .withMessageContaining("version 3")
                .withMessageContaining("no later one than 2");
        assertThat(journal()).hasBinaryContent(newer);
    }

    @Test
    void firstFormatIsReadAndReplacedByThePresentOne() throws IOException {
        fill(3);
        String whole = Files.readString(journal());
        byte[] older = JournalLine.encode(Map.of("cacheness", "journal", "version", 1L, "sequence", 1L));
        Files.writeString(
                journal(), new String(older, StandardCharsets.UTF_8) + whole.substring(whole.indexOf('\n') + 1));
        Files.deleteIfExists(directory.resolve("index.snap"));
        Files.deleteIfExists(directory.resolve("index.snap.old"));
        Files.write(
                directory.resolve("index.snap"),
                concatenated(
                        JournalLine.encode(Map.of("cacheness", "snapshot", "version", 1L, "sequence", 1L)),
                        JournalLine.encode(Map.of("end", 0L))));

        for (int i = 0; i < 2; i++) {
            try (MetadataBackend backend = JournalFixture.open(directory)) {
                assertThat(digests(backend)).containsExactly(digest(0), digest(1), digest(2));
            }
            assertThat(Files.readAllLines(journal()).get(0)).contains("\"version\":2");
        }
        assertThat(names()).noneMatch(name -> name.contains("damaged"));
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void secondOpenerLearnsWhoWasFirst() {
        try (MetadataBackend first = JournalFixture.open(directory)) {
            assertThatExceptionOfType(CacheLockedException.class)
                    .isThrownBy(() -> JournalFixture.open(directory))
                    .withMessageContaining("process " + ProcessHandle.current().pid())
                    .withMessageContaining("since " + NOW)
                    .withMessageContaining(directory.toString());
            put(first, entry(1).build());
        }

        JournalFixture.open(directory).close();
    }

    @Test
    void failedWriteFailsThePutAndChangesNothing() throws IOException {
        var files = new JournalFiles(directory);
        var lock = JournalLock.acquire(directory, files.lock(), () -> NOW);
        JournalRecovery recovery = JournalRecovery.of(files);
        Journal journal = Journal.open(files, Durability.PROCESS, lock, recovery);
        try (var backend = new MemoryMetadataBackend("json", recovery.state(), journal)) {
            put(backend, entry(1).build());
            journal.close();

            assertThatExceptionOfType(CacheMetadataException.class)
                    .isThrownBy(() -> backend.put(entry(2).build(), PutCondition.ALWAYS));
            assertThatExceptionOfType(CacheMetadataException.class)
                    .isThrownBy(() -> backend.invalidate(List.of(digest(1))));

            assertThat(digests(backend)).containsExactly(digest(1));
            assertThat(backend.invalidations(digest(1))).isZero();
        }
    }

    private void fill(int count) {
        try (MetadataBackend backend = JournalFixture.open(directory)) {
            for (int number = 0; number < count; number++) {
                put(backend, entry(number).build());
            }
        }
    }

    /** As a restart after damage does it, so that there is a snapshot of all that is in the journal. */
    private void restartFromJournal() throws IOException {
        var files = new JournalFiles(directory);
        try (var lock = JournalLock.acquire(directory, files.lock(), () -> NOW)) {
            JournalRecovery recovery = JournalRecovery.of(files);
            Journal journal = Journal.open(files, Durability.PROCESS, 0, lock, recovery);
            journal.applied(recovery.state());
            journal.close();
        }
    }

    private static void damage(Path file, String at) throws IOException {
        int position = Files.readString(file).indexOf(at);
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(position);
            bytes.write('#');
        }
    }

    private Path journal() {
        return directory.resolve("index.journal");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void put(MetadataBackend backend, StoredEntry entry) {
        assertThat(backend.put(entry, PutCondition.ALWAYS).stored()).isTrue();
    }

    private static List<String> digests(MetadataBackend backend) {
        return backend.list(EntryFilter.ALL, 0, 1_000).stream()
                .map(EntryMetadata::digest)
                .toList();
    }
}
