package dev.cacheness.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens in other processes: files that may not grow, a file that another one holds, results that are larger than the heap. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SqlCacheFaultsIT {

    private static final String ROWS = System.getProperty("cacheness.sql.rows", "300000");

    @TempDir
    private Path directory;

    private static ProcessBuilder java(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static List<String> run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process child = builder.start();
        try (var output = child.inputReader()) {
            List<String> lines = output.lines().toList();
            child.waitFor();
            return lines;
        } finally {
            child.destroyForcibly();
        }
    }

    /** The file cannot grow beyond some blocks, as on a disk that is full. */
    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "duckdb"})
    @EnabledOnOs(OS.LINUX)
    void aFullDiskLosesNothingThatWasStored(String engine) throws Exception {
        String url = engine + ":" + directory.resolve("cache." + engine);
        String last = fillUntilItFails(url);

        assertThat(last).as("last line of the child").startsWith("failed after ");
        int good = Integer.parseInt(last.replaceAll("\\D", ""));
        assertThat(good).as("chunks before the disk was full").isPositive();
        try (SqlCache<Price> cache = FillingWriter.prices(url).build()) {
            assertThat(cache.verify().problems()).isEmpty();
            List<CoveredRange> covered = cache.query().coverage();
            assertThat(covered).isNotEmpty();
            for (CoveredRange range : covered) {
                LocalDate from = (LocalDate) range.range().from();
                LocalDate to = (LocalDate) range.range().to();
                assertThat(cache.query()
                                .eq("symbol", "A")
                                .range(from, to)
                                .peek()
                                .rows())
                        .isEqualTo(from.datesUntil(to)
                                .map(date -> Price.of("A", date))
                                .toList());
            }
            LocalDate end = FillingWriter.FIRST.plusDays((long) FillingWriter.CHUNK * (good + 1));
            assertThat(cache.query()
                            .eq("symbol", "A")
                            .range(FillingWriter.FIRST, end)
                            .count())
                    .isEqualTo((long) FillingWriter.CHUNK * (good + 1));
        }
    }

    /** The limit is set when the driver has unpacked its library. */
    private static String fillUntilItFails(String url) throws IOException, InterruptedException {
        Process child = java(FillingWriter.class, url, "wait").start();
        try (var output = child.inputReader();
                var input = child.outputWriter()) {
            assertThat(output.readLine()).isEqualTo("ready");
            int limited = new ProcessBuilder("prlimit", "--fsize=1500000", "--pid", Long.toString(child.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            assertThat(limited).as("exit status of prlimit").isZero();
            input.write("go\n");
            input.flush();
            return String.valueOf(output.readLine());
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void aDuckDbFileThatAnotherProcessHoldsIsNamed() throws Exception {
        Path file = directory.resolve("held.duckdb");
        Process child = java(FillingWriter.class, "duckdb:" + file, "hold").start();
        try (var output = child.inputReader()) {
            assertThat(output.readLine()).isEqualTo("holding");

            assertThatExceptionOfType(SqlCacheException.class)
                    .isThrownBy(() -> FillingWriter.prices("duckdb:" + file).build())
                    .withMessageContaining("Cache 'prices'")
                    .withMessageContaining(Long.toString(child.pid()))
                    .withMessageContaining("no other process may hold it");
        } finally {
            child.destroyForcibly().waitFor();
        }
        try (SqlCache<Price> cache = FillingWriter.prices("duckdb:" + file).build()) {
            assertThat(cache.verify().isSound()).isTrue();
        }
    }

    @Test
    void processesOnOneSqliteFileShareWhatTheyFetch() throws Exception {
        String url = "sqlite:" + directory.resolve("shared.db");
        Process child = java(FillingWriter.class, url, "hold").start();
        try (var output = child.inputReader();
                SqlCache<Price> cache = FillingWriter.prices(url).build()) {
            assertThat(output.readLine()).isEqualTo("holding");

            assertThat(cache.query()
                            .eq("symbol", "A")
                            .range(FillingWriter.FIRST, FillingWriter.FIRST.plusDays(10))
                            .list())
                    .hasSize(10);
            assertThat(cache.stats().calls()).isZero();
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "duckdb", "postgresql"})
    void resultsLargerThanTheHeapAreStreamed(String engine) throws Exception {
        String url = engine.equals("postgresql")
                ? PostgresServer.newDatabaseUrl()
                : engine + ":" + directory.resolve("large." + engine);

        List<String> lines = run(java(LargeResults.class, url, ROWS, "50000"));

        long rows = Long.parseLong(ROWS);
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).startsWith("rows " + rows + " sum " + rows * (rows - 1) / 2);
    }
}
