package dev.cacheness.sql;

import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.store.ColumnTest;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a query says so far. Immutable.
 *
 * @param tests conditions on columns other than bounds of the range column
 * @param variants values of variants, by name
 * @param lo the first tick of the range
 * @param hi the first tick behind it
 * @param last how far the range reaches back from now, null if its bounds say it
 * @param hotWindow what to use instead of the cache's hot window, null for that
 * @param limit the most rows
 */
record QuerySpec(
        List<ColumnTest> tests,
        Map<String, Object> variants,
        long lo,
        long hi,
        @Nullable TemporalAmount last,
        @Nullable TemporalAmount hotWindow,
        long limit) {

    static final QuerySpec ALL =
            new QuerySpec(List.of(), Map.of(), Interval.ALL.lo(), Interval.ALL.hi(), null, null, Long.MAX_VALUE);

    QuerySpec {
        tests = List.copyOf(tests);
        variants = Map.copyOf(variants);
    }

    QuerySpec with(ColumnTest test) {
        List<ColumnTest> more = new ArrayList<>(tests);
        more.add(test);
        return new QuerySpec(more, variants, lo, hi, last, hotWindow, limit);
    }

    QuerySpec withVariant(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(variants);
        more.put(name, value);
        return new QuerySpec(tests, more, lo, hi, last, hotWindow, limit);
    }

    /** All bounds count: the range becomes the part that this one and the earlier ones have in common. */
    QuerySpec within(long from, long to) {
        return new QuerySpec(tests, variants, Math.max(lo, from), Math.min(hi, to), last, hotWindow, limit);
    }

    QuerySpec withLast(TemporalAmount amount) {
        return new QuerySpec(tests, variants, lo, hi, amount, hotWindow, limit);
    }

    QuerySpec withHotWindow(TemporalAmount amount) {
        return new QuerySpec(tests, variants, lo, hi, last, amount, limit);
    }

    QuerySpec withLimit(long most) {
        return new QuerySpec(tests, variants, lo, hi, last, hotWindow, Math.min(limit, most));
    }
}
