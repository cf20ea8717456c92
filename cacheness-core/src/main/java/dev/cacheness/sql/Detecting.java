package dev.cacheness.sql;

import dev.cacheness.sql.plan.RangePlan;
import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import dev.cacheness.sql.range.Step;
import dev.cacheness.sql.range.Ticks;
import dev.cacheness.sql.store.Coverage;
import dev.cacheness.sql.store.RowQuery;
import dev.cacheness.sql.store.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a custom gap detector, once for every partition of a query. */
final class Detecting<T> {

    private static final Logger log = LoggerFactory.getLogger(Detecting.class);

    private final Context<T> context;

    private final Freshness freshness;

    private final @Nullable GapDetector<T> detector;

    Detecting(Context<T> context, Freshness freshness, @Nullable GapDetector<T> detector) {
        this.context = context;
        this.freshness = freshness;
        this.detector = detector;
    }

    boolean isCustom() {
        return detector != null;
    }

    /** The plan for what the detector wants and the query has not fetched yet. */
    RangePlan plan(
            Session session,
            BoundQuery query,
            Partition partition,
            List<Coverage> coverage,
            RangePlan byDefault,
            Progress progress,
            IntervalSet own,
            @Nullable Long nowTick)
            throws SQLException {
        Interval planned = byDefault.planned();
        if (detector == null || planned == null) {
            return byDefault;
        }
        List<Interval> wanted = progress.detected.get(partition);
        if (wanted == null) {
            wanted = ask(detector, session, query, partition, coverage, byDefault, planned);
            progress.detected.put(partition, wanted);
        }
        List<Interval> rest = IntervalSet.of(wanted).subtract(own).intervals();
        return context.planner.plan(query.asked(), nowTick, rest);
    }

    private List<Interval> ask(
            GapDetector<T> custom,
            Session session,
            BoundQuery query,
            Partition partition,
            List<Coverage> coverage,
            RangePlan byDefault,
            Interval planned)
            throws SQLException {
        List<T> rows = new ArrayList<>();
        List<Long> ticks = new ArrayList<>();
        int position = context.layout().range();
        RowQuery select = context.table.rowsOf(partition.id(), query.asked());
        for (@Nullable Object[] values : context.table.stored(session, select)) {
            if (position >= 0 && values[position] instanceof Long tick) {
                ticks.add(tick);
            }
            rows.add(context.definition.shape().restore(values));
        }
        Data data = new Data(rows, ticks, CoverageFacts.of(context, freshness, partition, coverage));
        GapQuery asked = new GapQuery(partition, context.range(query.asked()));
        try {
            return checked(custom.detect(asked, data, new View(planned, byDefault)), planned);
        } catch (RuntimeException e) {
            if (context.settings.fetching().onDetectorError() == OnDetectorError.FAIL) {
                throw new SqlCacheException(
                        "Cache '" + context.name + "': the gap detector "
                                + custom.getClass().getName() + " failed for " + asked + ": " + e.getMessage(),
                        e);
            }
            context.counters.detectorFailures.increment();
            log.warn(
                    "Cache '{}': the gap detector {} failed for {}; the default gaps are used",
                    context.name,
                    custom.getClass().getName(),
                    asked,
                    e);
            return byDefault.missing().intervals();
        }
    }

    private List<Interval> checked(List<FetchRange> ranges, Interval planned) {
        List<Interval> gaps = new ArrayList<>();
        for (FetchRange range : ranges) {
            if (range.isNone() != (context.layout().range() < 0)) {
                throw new IllegalArgumentException("The range " + range + " is not one of this table");
            }
            if (!range.interval().overlaps(planned)) {
                throw new IllegalArgumentException(
                        "The range " + range + " has nothing to do with " + context.range(planned));
            }
            gaps.add(range.interval());
        }
        return gaps;
    }

    private final class Data implements CachedData<T> {

        private final List<T> rows;

        /** Where the rows are, in ascending order. */
        private final List<Long> ticks;

        private final List<CoveredRange> coverage;

        Data(List<T> rows, List<Long> ticks, List<CoveredRange> coverage) {
            this.rows = List.copyOf(rows);
            this.ticks = ticks;
            this.coverage = coverage;
        }

        @Override
        public List<T> rows() {
            return rows;
        }

        @Override
        public List<CoveredRange> coverage() {
            return coverage;
        }

        @Override
        public Optional<FetchRange> span() {
            return ticks.isEmpty()
                    ? Optional.empty()
                    : Optional.of(context.range(
                            new Interval(ticks.get(0), Ticks.plus(ticks.get(ticks.size() - 1), 1))));
        }

        @Override
        public List<FetchRange> holes(Step step) {
            return Detecting.this.holes(ticks, step);
        }
    }

    /** See {@link CachedData#holes(Step)}. */
    private List<FetchRange> holes(List<Long> ticks, Step step) {
        List<FetchRange> holes = new ArrayList<>();
        for (int i = 1; i < ticks.size(); i++) {
            long before = ticks.get(i - 1);
            long next = Ticks.plus(before, context.domain.ticks(step));
            if (next < ticks.get(i)) {
                holes.add(context.range(new Interval(Ticks.plus(before, 1), ticks.get(i))));
            }
        }
        return holes;
    }

    private final class View implements SqlCacheView<T> {

        private final Interval planned;

        private final RangePlan byDefault;

        View(Interval planned, RangePlan byDefault) {
            this.planned = planned;
            this.byDefault = byDefault;
        }

        @Override
        public Optional<Step> timeIncrement() {
            return context.domain.isTime()
                    ? Optional.ofNullable(context.settings.freshness().step())
                    : Optional.empty();
        }

        @Override
        public Optional<Step> orderedIncrement() {
            return context.domain.isTime()
                    ? Optional.empty()
                    : Optional.ofNullable(context.settings.freshness().step());
        }

        @Override
        public Optional<Step> detectGranularity(List<T> rows) {
            return Granularity.time(context, rows);
        }

        @Override
        public Optional<Step> detectOrderedGranularity(List<T> rows) {
            return Granularity.ids(context, rows);
        }

        @Override
        public FetchRange toFetchRange(GapQuery query) {
            return context.range(planned);
        }

        @Override
        public List<FetchRange> defaultGaps() {
            return byDefault.missing().intervals().stream().map(context::range).toList();
        }
    }
}
