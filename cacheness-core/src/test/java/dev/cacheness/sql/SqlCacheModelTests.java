package dev.cacheness.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random sequences of operations against the simplest possible model: a fetch time for every day. After each step the rows, the calls and the ledger
 * must be those of the model. {@code -Dcacheness.sql.sequences=10000} runs more of them, {@code -Dcacheness.sql.seed=…} one again.
 */
class SqlCacheModelTests {

    private static final int SEQUENCES = Integer.getInteger("cacheness.sql.sequences", 120);

    private static final int STEPS = 30;

    private static final int DAYS = 40;

    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

    private static final int TTL_DAYS = 10;

    @TempDir
    private Path directory;

    /** What the cache must know: when each day of each symbol was fetched, and with which version of the source. */
    private static final class Model {

        private final Map<String, long[]> fetchedAt = new HashMap<>();

        private final Map<String, int[]> stored = new HashMap<>();

        private int version = 1;

        private boolean isDown;

        long[] fetched(String symbol) {
            return fetchedAt.computeIfAbsent(symbol, s -> {
                long[] never = new long[DAYS];
                java.util.Arrays.fill(never, Long.MIN_VALUE);
                return never;
            });
        }

        int[] versions(String symbol) {
            return stored.computeIfAbsent(symbol, s -> new int[DAYS]);
        }
    }

    /** The source has no rows at weekends, and other numbers in every version. */
    private static List<Price> rows(String symbol, int from, int to, int version) {
        List<Price> rows = new ArrayList<>();
        for (int day = from; day < to; day++) {
            LocalDate date = FIRST.plusDays(day);
            if (date.getDayOfWeek().getValue() < 6) {
                rows.add(new Price(symbol, date, version, (long) day));
            }
        }
        return rows;
    }

    @Test
    void everySequenceBehavesLikeTheModelOnSqlite() {
        run("sqlite", SEQUENCES);
    }

    @Test
    void everySequenceBehavesLikeTheModelOnDuckDb() {
        run("duckdb", Math.max(1, SEQUENCES / 8));
    }

    private void run(String engine, int sequences) {
        long seed = Long.getLong("cacheness.sql.seed", new Random().nextLong());
        for (int i = 0; i < sequences; i++) {
            new Sequence(engine, seed + i).run();
        }
    }

    private final class Sequence {

        private final long seed;

        private final Random random;

        private final MutableClock clock = new MutableClock("2024-06-01T12:00:00Z");

        private final Model model = new Model();

        private final RecordingSource<Price> source;

        private final String url;

        private SqlCache<Price> cache;

        private final List<String> history = new ArrayList<>();

        Sequence(String engine, long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.url = engine + ":" + directory.resolve(engine + "-" + seed);
            this.source = new RecordingSource<>(request -> rows(
                    request.string("symbol"),
                    (int) (request.fromDate().toEpochDay() - FIRST.toEpochDay()),
                    (int) (request.toDate().toEpochDay() - FIRST.toEpochDay()),
                    model.version));
            this.cache = open();
        }

        private SqlCache<Price> open() {
            return SqlCache.builder(Price.class)
                    .url(url)
                    .clock(clock)
                    .fetcher(source)
                    .ttl(Duration.ofDays(TTL_DAYS))
                    .mergeGapsWithin(Duration.ZERO)
                    .maxGaps(1_000)
                    .fetchParallelism(1)
                    .build();
        }

        void run() {
            try {
                for (int step = 0; step < STEPS; step++) {
                    step();
                }
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + " (-Dcacheness.sql.seed) after " + history, e);
            } finally {
                cache.close();
            }
        }

        private void step() {
            String symbol = random.nextBoolean() ? "A" : "B";
            int from = random.nextInt(DAYS);
            int to = from + 1 + random.nextInt(DAYS - from);
            switch (random.nextInt(12)) {
                case 0 -> advance();
                case 1 -> invalidate(symbol, from, to);
                case 2 -> refresh(symbol, from, to);
                case 3 -> {
                    note("new version");
                    model.version++;
                }
                case 4 -> toggle();
                case 5 -> restart();
                case 6 -> cleanUp();
                default -> get(symbol, from, to);
            }
            source.forget();
            checkLedger();
        }

        private void note(String what) {
            history.add(what);
        }

        private void advance() {
            int days = 1 + random.nextInt(6);
            note("advance " + days);
            clock.advance(Duration.ofDays(days));
        }

        private void toggle() {
            model.isDown = !model.isDown;
            note(model.isDown ? "down" : "up");
            if (model.isDown) {
                source.fail();
            } else {
                source.recover();
            }
        }

        private void restart() {
            note("restart");
            cache.close();
            cache = open();
        }

        private void cleanUp() {
            note("clean up");
            long rows = 0;
            for (String symbol : List.of("A", "B")) {
                for (int day = 0; day < DAYS; day++) {
                    if (model.fetched(symbol)[day] != Long.MIN_VALUE && !isFresh(symbol, day)) {
                        rows += rows(symbol, day, day + 1, 0).size();
                        model.fetched(symbol)[day] = Long.MIN_VALUE;
                    }
                }
            }
            assertThat(cache.cleanupExpired()).isEqualTo(rows);
        }

        private void invalidate(String symbol, int from, int to) {
            note("invalidate " + symbol + " " + from + ".." + to);
            long rows = 0;
            for (int day = from; day < to; day++) {
                rows += model.fetched(symbol)[day] == Long.MIN_VALUE
                        ? 0
                        : rows(symbol, day, day + 1, 0).size();
                model.fetched(symbol)[day] = Long.MIN_VALUE;
            }
            assertThat(query(symbol, from, to).invalidate()).isEqualTo(rows);
        }

        private void refresh(String symbol, int from, int to) {
            note("refresh " + symbol + " " + from + ".." + to);
            SqlQuery<Price> query = query(symbol, from, to);
            if (model.isDown) {
                assertThatThrownBy(query::refresh).isInstanceOf(SqlCacheFetchException.class);
                return;
            }
            List<Price> rows = query.refresh().rows();
            fetched(symbol, from, to);
            assertThat(rows).isEqualTo(rows(symbol, from, to, model.version));
        }

        private void get(String symbol, int from, int to) {
            note("get " + symbol + " " + from + ".." + to);
            List<FetchRange> calls = missing(symbol, from, to);
            SqlQuery<Price> query = query(symbol, from, to);
            if (model.isDown && !calls.isEmpty()) {
                assertThatThrownBy(query::list).isInstanceOf(SqlCacheFetchException.class);
                assertThat(source.calls()).isEqualTo(calls);
                return;
            }
            List<Price> rows = query.list();
            for (int day = from; day < to; day++) {
                if (!isFresh(symbol, day)) {
                    fetched(symbol, day, day + 1);
                }
            }
            List<Price> expected = new ArrayList<>();
            for (int day = from; day < to; day++) {
                expected.addAll(rows(symbol, day, day + 1, model.versions(symbol)[day]));
            }
            assertThat(rows).isEqualTo(expected);
            assertThat(source.calls()).isEqualTo(calls);
        }

        /** The fewest calls that can be: one for each run of days that are not fresh. */
        private List<FetchRange> missing(String symbol, int from, int to) {
            List<FetchRange> runs = new ArrayList<>();
            int start = -1;
            for (int day = from; day <= to; day++) {
                boolean isMissing = day < to && !isFresh(symbol, day);
                if (isMissing && start < 0) {
                    start = day;
                }
                if (!isMissing && start >= 0) {
                    runs.add(FetchRange.of(FIRST.plusDays(start), FIRST.plusDays(day)));
                    start = -1;
                }
            }
            return runs;
        }

        private void fetched(String symbol, int from, int to) {
            for (int day = from; day < to; day++) {
                model.fetched(symbol)[day] = clock.instant().getEpochSecond();
                model.versions(symbol)[day] = model.version;
            }
        }

        private boolean isFresh(String symbol, int day) {
            long at = model.fetched(symbol)[day];
            return at != Long.MIN_VALUE
                    && at + TTL_DAYS * 86_400L > clock.instant().getEpochSecond();
        }

        private SqlQuery<Price> query(String symbol, int from, int to) {
            return cache.query().eq("symbol", symbol).range(FIRST.plusDays(from), FIRST.plusDays(to));
        }

        /** The ledger is disjoint, coalesced, and says of every day what the model says. */
        private void checkLedger() {
            for (String symbol : List.of("A", "B")) {
                Map<LocalDate, Long> ledger = new TreeMap<>();
                CoveredRange before = null;
                for (CoveredRange covered : cache.query().eq("symbol", symbol).coverage()) {
                    LocalDate from = (LocalDate) covered.range().from();
                    LocalDate to = (LocalDate) covered.range().to();
                    from.datesUntil(to)
                            .forEach(date -> assertThat(
                                            ledger.put(date, covered.fetchedAt().getEpochSecond()))
                                    .isNull());
                    if (before != null && before.range().to().equals(from)) {
                        assertThat(before.fetchedAt()).isNotEqualTo(covered.fetchedAt());
                    }
                    before = covered;
                }
                Map<LocalDate, Long> expected = new TreeMap<>();
                for (int day = 0; day < DAYS; day++) {
                    long at = model.fetched(symbol)[day];
                    if (at != Long.MIN_VALUE) {
                        expected.put(FIRST.plusDays(day), at);
                    }
                }
                assertThat(ledger).isEqualTo(expected);
            }
        }
    }
}
