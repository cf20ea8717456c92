package dev.cacheness.sample.web;

import dev.cacheness.sql.FetchRange;
import dev.cacheness.sql.PartitionRange;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.stream.Collectors;

/** Says in the response what an SQL cache had to ask its source for. */
public final class SourceUse {

    private static final String CALLS = "X-Source-Calls";
    private static final String FETCHED = "X-Fetched";

    private SourceUse() {}

    /** The number of calls, and the range of each: first and last value, both inclusive; empty if there were none. */
    public static void write(List<PartitionRange> calls, HttpServletResponse response) {
        response.setHeader(XCacheFilter.HEADER, calls.isEmpty() ? XCacheFilter.HIT : XCacheFilter.MISS);
        response.setHeader(CALLS, Integer.toString(calls.size()));
        response.setHeader(
                FETCHED,
                calls.stream().map(PartitionRange::range).map(SourceUse::text).collect(Collectors.joining(",")));
    }

    private static String text(FetchRange range) {
        return range.isNone() ? "all" : range.from() + ".." + range.last();
    }
}
