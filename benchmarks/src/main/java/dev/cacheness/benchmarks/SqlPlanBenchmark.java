package dev.cacheness.benchmarks;

import dev.cacheness.sql.plan.PlanRules;
import dev.cacheness.sql.plan.Planner;
import dev.cacheness.sql.plan.RangePlan;
import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import dev.cacheness.sql.range.RangeDomain;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Plans for a partition that is covered in many fragments. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SqlPlanBenchmark {

    /** Fragments that cover half of the range. */
    @Param({"10", "1000", "10000"})
    public int fragments;

    private final Planner planner = new Planner(PlanRules.exact(RangeDomain.of(long.class, ZoneOffset.UTC), null));

    private final List<Interval> covered = new ArrayList<>();

    private IntervalSet set = IntervalSet.EMPTY;

    private Interval all = Interval.POINT;

    /** Every other tick of ten is covered. */
    @Setup
    public void cover() {
        for (int i = 0; i < fragments; i++) {
            covered.add(new Interval(20L * i, 20L * i + 10));
        }
        set = IntervalSet.of(covered);
        all = new Interval(0, 20L * fragments);
    }

    /** Of all that is missing. */
    @Benchmark
    public RangePlan plan() {
        return planner.plan(all, null, set);
    }

    /** The gaps alone. */
    @Benchmark
    public IntervalSet gaps() {
        return set.gapsWithin(all);
    }

    /** Of a small range that is covered. */
    @Benchmark
    public RangePlan hit() {
        return planner.plan(new Interval(2, 8), null, set);
    }
}
