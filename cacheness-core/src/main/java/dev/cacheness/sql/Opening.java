package dev.cacheness.sql;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.sql.plan.PlanRules;
import dev.cacheness.sql.plan.Planner;
import dev.cacheness.sql.range.OpenDays;
import dev.cacheness.sql.range.RangeDomain;
import dev.cacheness.sql.range.Step;
import dev.cacheness.sql.store.FailureTable;
import dev.cacheness.sql.store.LeaseTable;
import dev.cacheness.sql.store.SqlStore;
import dev.cacheness.sql.store.TableLayout;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks what a builder was told, and puts a cache together. */
final class Opening<T> {

    private static final Duration MAX_HOT_TTL = Duration.ofMinutes(5);

    private static final int MERGED_STEPS = 3;

    /** Every column doubles the patterns that a partition may be covered by. */
    private static final int MAX_UNBOUND = 6;

    private final SqlCacheBuilder<T> b;

    private final RangeDomain domain;

    private final @Nullable Step step;

    Opening(SqlCacheBuilder<T> builder) {
        this.b = builder;
        TableLayout layout = builder.table.layout();
        var range = layout.rangeColumn();
        try {
            this.domain = range == null ? RangeDomain.none() : RangeDomain.of(range.type(), builder.zone);
        } catch (IllegalArgumentException e) {
            throw wrong("range-column", range == null ? null : range.name(), String.valueOf(e.getMessage()));
        }
        boolean isDays = domain.type() == LocalDate.class;
        this.step = builder.step == null && isDays ? Step.of(Period.ofDays(1)) : builder.step;
    }

    SqlCache<T> open() {
        SqlCacheAdapter<T> adapter = b.adapter;
        if (adapter == null) {
            throw wrong("fetcher", null, "There is no source. Give the builder a fetcher or an adapter.");
        }
        Settings settings = settings();
        Planner planner = new Planner(rules());
        SqlStore store = openStore();
        try {
            int version = new SchemaCheck(store, b.name, b.table, b.onSchemaChange).check();
            Context<T> context =
                    new Context<>(b.name, b.table, settings, domain, planner, store, version, b.clock, b.observer);
            return assemble(context, adapter);
        } catch (SQLException e) {
            store.close();
            throw new SqlCacheException(
                    "Cache '" + b.name + "': the tables in the " + store.engine() + " database cannot be made: "
                            + e.getMessage(),
                    e);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private SqlCache<T> assemble(Context<T> context, SqlCacheAdapter<T> adapter) {
        Freshness freshness = new Freshness(context);
        ErrorMemory errors = new ErrorMemory(b.errorTtl);
        Flights flights = new Flights();
        ExecutorService given = b.executor;
        ExecutorService executor = given == null ? threads() : given;
        PageLoop<T> pages =
                new PageLoop<>(context, adapter::fetchData, new Commit(context, freshness, new Holes(context)));
        Fetching<T> fetching = new Fetching<>(context, pages, flights, errors, executor);
        PartPlanner<T> parts = new PartPlanner<>(context, freshness, b.detector);
        Engine<T> engine = new Engine<>(
                context,
                freshness,
                parts,
                flights,
                fetching,
                errors,
                new Revalidation(context, freshness, executor),
                leases(context));
        Auditing<T> auditing = new Auditing<>(context, freshness, pages, new SplittableRandom());
        FailureTable failures = isLeased(context) ? context.store.failures() : null;
        Maintenance maintenance = new Maintenance(context, freshness, errors, failures);
        return new SqlCache<>(context, engine, maintenance, adapter, executor, given == null, auditing);
    }

    private Supplier<@Nullable Leases> leases(Context<T> context) {
        if (!isLeased(context)) {
            return () -> null;
        }
        LeaseTable table = context.store.leases();
        String owner = UUID.randomUUID().toString();
        return () -> new Leases(context, table, b.lease, owner);
    }

    private boolean isLeased(Context<T> context) {
        String engine = context.store.engine();
        boolean isWanted = b.crossProcess == null ? engine.equals("postgresql") : b.crossProcess;
        return isWanted && !engine.equals("duckdb");
    }

    /** As many threads as there are calls, which are limited elsewhere; they end when they are not used. */
    private ExecutorService threads() {
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "cacheness-sql-" + b.name);
            thread.setDaemon(true);
            return thread;
        });
    }

    private SqlStore openStore() {
        StoreChoice choice = b.store == null ? StoreChoice.inMemory(b.prefersSqlite) : b.store;
        try {
            return choice.open();
        } catch (ClassNotFoundException e) {
            throw wrong("url", choice.toString(), "Its driver is not there. Add " + choice.artifact() + ".");
        } catch (SQLException e) {
            throw new SqlCacheException(
                    "Cache '" + b.name + "': " + choice + " cannot be opened: " + e.getMessage()
                            + ". If it is a file, no other process may hold it (DuckDB), and it must be of this kind of"
                            + " database and not of a newer version; a cache file may be deleted at any time.",
                    e);
        }
    }

    private Settings settings() {
        notNegative("ttl", b.ttl);
        notNegative("stale-if-error", b.staleIfError);
        notNegative("stale-while-revalidate", b.staleWhileRevalidate);
        notNegative("error-ttl", b.errorTtl);
        notNegative("tail-ttl", b.tailTtl);
        atLeastOne("fetch-parallelism", b.fetchParallelism);
        atLeastOne("partitions-per-fetch", b.partitionsPerFetch);
        atLeastOne("max-pages", b.maxPages);
        atLeastOne("max-gaps", b.maxGaps);
        atLeastOne("max-fetches", b.maxFetches);
        if (b.fetchTimeout.isNegative() || b.fetchTimeout.isZero()) {
            throw wrong("fetch-timeout", b.fetchTimeout.toString(), "A timeout is more than nothing.");
        }
        if (b.retries < 0 || b.maxRows < 0 || b.maxRowsPerFetch < 0) {
            throw wrong("retries, max-rows, max-rows-per-fetch", null, "These are 0 or more.");
        }
        if (b.allowUnbound && b.maxRows > 0) {
            throw wrong(
                    "allow-unbound", "true", "Rows cannot be counted by partition then, so max-rows must not be set.");
        }
        if (b.allowUnbound && b.table.layout().partition().size() > MAX_UNBOUND) {
            throw wrong("allow-unbound", "true", "The table has more than " + MAX_UNBOUND + " partition columns.");
        }
        return new Settings(freshness(), fetching(), intake(), keeping());
    }

    private Settings.Freshness freshness() {
        Duration ttl = b.ttl.isZero() ? Freshness.FOR_EVER : b.ttl;
        Duration hotTtl = b.hotTtl == null ? (ttl.compareTo(MAX_HOT_TTL) < 0 ? ttl : MAX_HOT_TTL) : b.hotTtl;
        notNegative("hot-ttl", hotTtl);
        return new Settings.Freshness(
                ttl,
                b.hotWindow == null ? amount(step) : b.hotWindow,
                hotTtl,
                b.emptyTtl == null ? ttl : b.emptyTtl,
                b.staleIfError,
                b.staleWhileRevalidate,
                b.openEnded,
                b.tailTtl,
                !b.futureData,
                step,
                b.zone,
                holes());
    }

    private List<Duration> holes() {
        List<Duration> delays = b.askHolesAgainAfter;
        if (!delays.isEmpty() && step == null) {
            throw wrong(
                    "ask-holes-again-after",
                    delays.toString(),
                    "What is a hole is only known if time-increment or ordered-increment says how far rows are apart.");
        }
        for (Duration delay : delays) {
            if (delay.isNegative() || delay.isZero()) {
                throw wrong("ask-holes-again-after", delays.toString(), "A delay is more than nothing.");
            }
        }
        return delays;
    }

    private Settings.Fetching fetching() {
        return new Settings.Fetching(
                b.partitionsPerFetch,
                b.maxRowsPerFetch,
                ticks("max-query-span", b.maxQuerySpan, 0),
                b.fetchParallelism,
                b.fetchTimeout,
                b.maxPages,
                b.retries,
                b.retryDelay,
                b.onError,
                b.errorTtl,
                b.onDetectorError,
                b.allowUnbound,
                b.offline);
    }

    private Settings.Intake intake() {
        return new Settings.Intake(b.writeMode, b.outOfRangeRows, b.duplicateRows, b.invalidRows);
    }

    private Settings.Keeping keeping() {
        return new Settings.Keeping(b.retention, b.maxRows, b.onSchemaChange);
    }

    private PlanRules rules() {
        long stepTicks = step == null ? 0 : stepTicks(incrementName(step), step);
        if (b.alignTo != null) {
            stepTicks("align-to", b.alignTo);
        }
        return new PlanRules(
                domain,
                step,
                ticks("merge-gaps-within", b.mergeGapsWithin, MERGED_STEPS * stepTicks),
                b.maxGaps,
                ticks("fetch-margin", b.fetchMargin, 0),
                ticks("max-fetch-span", b.maxFetchSpan, 0),
                b.alignTo,
                b.maxFetches,
                openDays());
    }

    private @Nullable OpenDays openDays() {
        RangeCalendar calendar = b.calendar;
        if (calendar == null) {
            return null;
        }
        if (!domain.isTime()) {
            throw wrong("calendar", calendar.toString(), "A calendar needs a range column of time.");
        }
        return new OpenDays(domain, calendar::isOpen);
    }

    private static String incrementName(Step step) {
        return step instanceof Step.Fixed || step instanceof Step.Calendar ? "time-increment" : "ordered-increment";
    }

    private long stepTicks(String property, Step length) {
        try {
            return domain.ticks(length);
        } catch (IllegalArgumentException e) {
            throw wrong(property, length.toString(), String.valueOf(e.getMessage()));
        }
    }

    private static TemporalAmount amount(@Nullable Step increment) {
        if (increment instanceof Step.Fixed fixed) {
            return fixed.length();
        }
        return increment instanceof Step.Calendar calendar ? calendar.length() : Duration.ZERO;
    }

    private long ticks(String property, @Nullable Object span, long byDefault) {
        if (span == null) {
            return byDefault;
        }
        try {
            if (span instanceof Duration duration) {
                return duration.isZero() ? 0 : domain.ticks(Step.of(duration));
            }
            if (span instanceof Period period) {
                return period.isZero() ? 0 : domain.ticks(Step.of(period));
            }
            if (span instanceof Long || span instanceof Integer) {
                long ids = ((Number) span).longValue();
                return ids == 0 ? 0 : domain.ticks(Step.ofIds(ids));
            }
        } catch (IllegalArgumentException e) {
            throw wrong(property, span.toString(), String.valueOf(e.getMessage()));
        }
        throw wrong(property, span.toString(), "A span is a Duration or a Period for time, a whole number for ids.");
    }

    private void notNegative(String property, Duration value) {
        if (value.isNegative()) {
            throw wrong(property, value.toString(), "It must not be negative; zero is allowed.");
        }
    }

    private void atLeastOne(String property, int value) {
        if (value < 1) {
            throw wrong(property, Integer.toString(value), "It must be 1 or more.");
        }
    }

    private CacheConfigurationException wrong(String property, @Nullable String value, String problem) {
        return new CacheConfigurationException(
                "cacheness.sql.caches." + b.name + "." + property, value, problem, "Correct the setting.");
    }
}
