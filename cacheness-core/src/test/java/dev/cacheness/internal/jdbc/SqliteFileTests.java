package dev.cacheness.internal.jdbc;

import static dev.cacheness.contract.EntryFixture.digest;
import static dev.cacheness.contract.EntryFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cacheness.AttributeCondition;
import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheMetadataException;
import dev.cacheness.Durability;
import dev.cacheness.EntryMetadata;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the SQLite backend treats its file, and files that are not its own. */
class SqliteFileTests {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("cacheness.db");
    }

    @Test
    void rowsAndCountsSurviveClosing() {
        long invalidations;
        try (var backend = SqliteFixture.open(directory)) {
            backend.put(entry(1).in("n").with(Map.of("a", 1.0)).build(), PutCondition.ALWAYS);
            backend.invalidate(List.of(digest(2)));
            invalidations = backend.invalidations(digest(2));
        }

        try (var backend = SqliteFixture.open(directory)) {
            assertThat(backend.list(
                            new EntryFilter("n", "", List.of(AttributeCondition.equal("a", 1.0)), Set.of(), null),
                            0,
                            10))
                    .hasSize(1);
            assertThat(backend.totals().entries()).isEqualTo(1);
            assertThat(backend.invalidations(digest(2))).isEqualTo(invalidations);
        }
    }

    @Test
    void twoBackendsOnOneFileSeeEachOther() {
        try (var one = SqliteFixture.open(directory);
                var other = SqliteFixture.open(directory)) {
            other.find(digest(1));
            one.put(entry(1).build(), PutCondition.ALWAYS);

            assertThat(other.find(digest(1))).isPresent();
            long before = one.invalidations(digest(1));
            other.invalidate(List.of(digest(1)));
            assertThat(one.find(digest(1))).isEmpty();
            assertThat(one.invalidations(digest(1))).isNotEqualTo(before);
            assertThat(one.totals()).isEqualTo(other.totals());
        }
    }

    @Test
    void twoBackendsWriteAtOnce() throws Exception {
        int threads = 6;
        var executor = Executors.newFixedThreadPool(threads);
        try (var one = SqliteFixture.open(directory);
                var other = SqliteFixture.open(directory)) {
            var start = new CyclicBarrier(threads);
            var work = new ArrayList<Callable<Integer>>();
            for (int thread = 0; thread < threads; thread++) {
                var backend = thread % 2 == 0 ? one : other;
                var random = new Random(thread);
                work.add(() -> {
                    start.await();
                    for (int i = 0; i < 100; i++) {
                        int number = random.nextInt(10);
                        if (i % 4 == 0) {
                            backend.invalidate(List.of(digest(number)));
                        } else {
                            backend.put(entry(number).sized(i).build(), PutCondition.ALWAYS);
                        }
                    }
                    return 0;
                });
            }
            for (var result : executor.invokeAll(work)) {
                assertThat(result.get()).isZero();
            }

            var rows = one.list(EntryFilter.ALL, 0, 100);
            assertThat(other.totals().entries()).isEqualTo(rows.size());
            assertThat(other.totals().sizeBytes())
                    .isEqualTo(rows.stream().mapToLong(EntryMetadata::sizeBytes).sum());
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void oneBackendGoesOnWhenTheOtherCloses() {
        try (var one = SqliteFixture.open(directory)) {
            var other = SqliteFixture.open(directory);
            other.put(entry(1).build(), PutCondition.ALWAYS);
            other.close();
            SqliteFixture.open(directory).close();

            one.put(entry(2).build(), PutCondition.ALWAYS);
            assertThat(one.count(EntryFilter.ALL)).isEqualTo(2);
        }
    }

    @Test
    void manyOpenTheSameNewFileAtOnce() throws Exception {
        int threads = 6;
        var start = new CyclicBarrier(threads);
        var executor = Executors.newFixedThreadPool(threads);
        try {
            Callable<Integer> open = () -> {
                start.await();
                try (var backend = SqliteFixture.open(directory)) {
                    backend.put(entry(Thread.currentThread().getId()).build(), PutCondition.ALWAYS);
                    return 1;
                }
            };
            for (var result : executor.invokeAll(
                    Stream.generate(() -> open).limit(threads).toList())) {
                assertThat(result.get()).isEqualTo(1);
            }
        } finally {
            executor.shutdownNow();
        }

        try (var backend = SqliteFixture.open(directory)) {
            assertThat(backend.totals().entries()).isEqualTo(threads);
        }
        assertThat(
                        SqliteFixture.query(
                                file,
                                "select max(times) from (select count(*) as times from cacheness_schema_history group by version)"))
                .isEqualTo("1");
    }

    @Test
    void interruptedThreadOpensAndCloses() {
        SqliteFixture.open(directory).close();
        Thread.currentThread().interrupt();

        try (var backend = SqliteFixture.open(directory)) {
            backend.put(entry(1).build(), PutCondition.ALWAYS);
        }

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void filesAreForTheirOwnerOnly() throws IOException {
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");

        try (var backend = SqliteFixture.open(directory)) {
            backend.put(entry(1).build(), PutCondition.ALWAYS);

            assertThat(names()).containsExactlyInAnyOrder("cacheness.db", "cacheness.db-wal", "cacheness.db-shm");
            for (String name : names()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))))
                        .as(name)
                        .isEqualTo("rw-------");
            }
        }
        assertThat(names()).containsExactly("cacheness.db");
    }

    @Test
    void namesOfDirectoriesAreTakenLiterally() throws IOException {
        Path odd = Files.createDirectory(directory.resolve("a?mode=memory&x=%41 #ü;'b"));

        try (var backend = SqliteFixture.open(odd)) {
            backend.put(entry(1).build(), PutCondition.ALWAYS);
        }

        assertThat(odd.resolve("cacheness.db")).isNotEmptyFile();
        assertThat(names()).containsExactly(odd.getFileName().toString());
        try (var backend = SqliteFixture.open(odd)) {
            assertThat(backend.find(digest(1))).isPresent();
        }
    }

    @Test
    void fileIsMarkedAsOurs() throws SQLException {
        SqliteFixture.open(directory).close();

        assertThat(SqliteFixture.query(file, "pragma application_id")).isEqualTo("" + SqliteSchema.APPLICATION_ID);
        assertThat(SqliteFixture.query(file, "pragma user_version")).isEqualTo("" + SqliteSchema.VERSION);
        assertThat(SqliteFixture.query(file, "pragma journal_mode")).isEqualTo("wal");
    }

    @Test
    void newerSchemaIsRefusedAndLeftAsItIs() throws Exception {
        SqliteFixture.open(directory).close();
        SqliteFixture.execute(file, "pragma user_version = 99");

        assertRefused("schema version 99", "no later one than " + SqliteSchema.VERSION);
    }

    @Test
    void newerSchemaThatIsStillInTheLogIsRefused() throws Exception {
        SqliteFixture.open(directory).close();
        try (var other = SqliteSessions.openUntouched(file)) {
            other.execute("pragma user_version = 99");

            assertThatThrownBy(() -> SqliteFixture.open(directory))
                    .isInstanceOf(CacheMetadataException.class)
                    .hasMessageContaining("schema version 99");
        }
    }

    @Test
    void databaseOfAnotherApplicationIsRefusedAndLeftAsItIs() throws Exception {
        SqliteFixture.execute(file, "pragma application_id = 12345", "create table t (a)");

        assertRefused("another application", "application_id is 12345");
    }

    @Test
    void databaseThatIsNotMarkedIsRefusedAndLeftAsItIs() throws Exception {
        SqliteFixture.execute(file, "create table t (a)", "insert into t values (1)");

        assertRefused("another application", "application_id is 0");
    }

    @Test
    void databaseWithAVersionOfItsOwnIsRefusedAndLeftAsItIs() throws Exception {
        SqliteFixture.execute(file, "pragma user_version = 1");

        assertRefused("another application");
    }

    @Test
    void fileThatIsNoDatabaseIsRefusedAndLeftAsItIs() throws Exception {
        Files.writeString(file, "These are no rows. ".repeat(500));
        assertRefused("no SQLite database");

        Files.writeString(file, "short");
        assertRefused("no SQLite database");
    }

    @Test
    void damagedFileIsRefusedWithAdvice() throws Exception {
        SqliteFixture.open(directory).close();
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 100; i < 4_096; i++) {
            bytes[i] = (byte) 0xa5;
        }
        Files.write(file, bytes);

        assertThatThrownBy(() -> SqliteFixture.open(directory))
                .isInstanceOf(CacheMetadataException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining(file.toRealPath().toString());
    }

    @Test
    void fileIsFreeAgainAfterARefusal() throws Exception {
        Files.writeString(file, "short");
        assertRefused("no SQLite database");
        Files.delete(file);

        SqliteFixture.open(directory).close();

        assertThat(file).isNotEmptyFile();
    }

    @Test
    void interruptedCreationIsTakenUpAgain() throws Exception {
        SqliteFixture.open(directory).close();
        String tables = SqliteFixture.query(
                file,
                "select group_concat(name) from sqlite_master where type = 'table' and name like 'cacheness\\_%' escape '\\'"
                        + " and name <> 'cacheness_schema_history'");
        for (String table : tables.split(",")) {
            SqliteFixture.execute(file, "drop table " + table);
        }
        SqliteFixture.execute(
                file, "delete from cacheness_schema_history", "pragma application_id = 0", "pragma user_version = 0");

        try (var backend = SqliteFixture.open(directory)) {
            backend.put(entry(1).build(), PutCondition.ALWAYS);
            assertThat(backend.find(digest(1))).isPresent();
        }
    }

    @Test
    void directoryInPlaceOfTheFileIsReported() throws IOException {
        Files.createDirectory(file);

        assertThatThrownBy(() -> SqliteFixture.open(directory))
                .isInstanceOf(CacheMetadataException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void missingDirectoryIsReported() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> SqliteFixture.open(missing))
                .isInstanceOf(CacheMetadataException.class)
                .hasMessageContaining(missing.toString());
    }

    @Test
    void unknownOptionIsRefused() {
        assertThatThrownBy(() -> SqliteFixture.open(directory, Durability.PROCESS, Map.of("mmap", "1")))
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessageContaining("cacheness.metadata.options.mmap=1");
        assertThat(file).doesNotExist();
    }

    @Test
    void useAfterCloseIsReported() {
        MetadataBackend backend = SqliteFixture.open(directory);
        backend.close();

        assertThatThrownBy(() -> backend.find(digest(1)))
                .isInstanceOf(CacheMetadataException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> backend.put(entry(1).build(), PutCondition.ALWAYS))
                .isInstanceOf(CacheMetadataException.class)
                .hasMessageContaining("closed");
        assertThat(names()).containsExactly("cacheness.db");
    }

    private void assertRefused(String... words) throws IOException {
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> SqliteFixture.open(directory))
                .isInstanceOf(CacheMetadataException.class)
                .hasMessageContainingAll(words)
                .hasMessageContaining("left as it is")
                .hasMessageContaining(file.toRealPath().toString());

        assertThat(names()).containsExactly("cacheness.db");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    private List<String> names() {
        try (var files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
