package dev.cacheness.sample.web;

import dev.cacheness.sql.PartitionRange;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.stream.Collectors;

/** Says in the response what an SQL cache had to ask its source for. */
public final class SourceUse {

    private SourceUse() {}

    /** Of a table with a range: the first and last value of each call, both inclusive, in their order. Empty if there were none. */
    public static void ranges(List<PartitionRange> calls, HttpServletResponse response) {
        String fetched = calls.stream()
                .map(call -> call.range().from() + ".." + call.range().last())
                .sorted()
                .collect(Collectors.joining(","));
        write(calls.size(), fetched, response);
    }

    /** Of a table without a range: the values of the key. They are all asked for in one call. */
    public static void keys(List<PartitionRange> fetched, String column, HttpServletResponse response) {
        String keys = fetched.stream()
                .map(part -> String.valueOf(part.partition().value(column)))
                .sorted()
                .collect(Collectors.joining(","));
        write(fetched.isEmpty() ? 0 : 1, keys, response);
    }

    private static void write(int calls, String fetched, HttpServletResponse response) {
        response.setHeader(XCacheFilter.HEADER, calls == 0 ? XCacheFilter.HIT : XCacheFilter.MISS);
        response.setHeader("X-Source-Calls", Integer.toString(calls));
        response.setHeader("X-Fetched", fetched);
    }
}
