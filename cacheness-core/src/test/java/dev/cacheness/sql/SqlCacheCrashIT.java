package dev.cacheness.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is killed while it fetches and invalidates. Afterwards the ledger claims exactly what the table has. {@code -Dcacheness.sql.kills=100} kills
 * more often.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class SqlCacheCrashIT {

    private static final int KILLS = Integer.getInteger("cacheness.sql.kills", 4);

    @TempDir
    private Path directory;

    @Test
    void sqliteSurvives() throws Exception {
        killAgainAndAgain("sqlite:" + directory.resolve("cache.db"));
    }

    @Test
    void duckDbSurvives() throws Exception {
        killAgainAndAgain("duckdb:" + directory.resolve("cache.duckdb"));
    }

    @Test
    void postgresqlSurvives() throws Exception {
        killAgainAndAgain(PostgresServer.newDatabaseUrl());
    }

    private static void killAgainAndAgain(String url) throws Exception {
        long seed = new Random().nextLong();
        long covered = 0;
        for (int i = 0; i < KILLS; i++) {
            kill(url, seed + i);
            covered += check(url, "seed " + (seed + i));
        }
        assertThat(covered)
                .as("days that were there after some kill, seed %s", seed)
                .isPositive();
    }

    private static void kill(String url, long seed) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        url,
                        Long.toString(seed))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var output = child.inputReader()) {
            assertThat(output.readLine()).as("the first word of the child").isEqualTo("writing");
            child.waitFor(new Random(seed).nextInt(300), TimeUnit.MILLISECONDS);
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    /** @return how many days the ledger said were covered */
    private static long check(String url, String hint) {
        try (SqlCache<Price> cache = CrashingWriter.prices(url).build()) {
            long covered = 0;
            for (CoveredRange range : cache.query().coverage()) {
                LocalDate from = (LocalDate) range.range().from();
                LocalDate to = (LocalDate) range.range().to();
                String symbol = String.valueOf(range.partition().value("symbol"));
                List<Price> expected =
                        from.datesUntil(to).map(date -> Price.of(symbol, date)).toList();

                List<Price> rows = cache.query()
                        .eq("symbol", symbol)
                        .range(from, to)
                        .peek()
                        .rows();

                assertThat(rows).as(hint).isEqualTo(expected);
                covered += expected.size();
            }
            assertThat(cache.stats().totalRecords()).as(hint).isEqualTo(covered);
            long rows = cache
                    .query()
                    .in("symbol", "S0", "S1", "S2")
                    .range(CrashingWriter.FIRST, CrashingWriter.FIRST.plusDays(CrashingWriter.DAYS + 100L))
                    .ensure()
                    .sql("select count(*) as n from {rows}")
                    .maps()
                    .stream()
                    .mapToLong(row -> ((Number) row.get("n")).longValue())
                    .sum();
            assertThat(rows).as(hint).isEqualTo(3L * (CrashingWriter.DAYS + 100));
            return covered;
        }
    }
}
