package dev.cacheness.sql;

import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A process with a small heap that fetches many rows piece by piece and streams them. Prints their sum, or how it failed. */
final class LargeResults {

    record Reading(@PartitionKey String sensor, @RangeKey long id, String text, double value) {}

    private LargeResults() {}

    public static void main(String[] args) {
        long rows = Long.parseLong(args[1]);
        long chunk = Long.parseLong(args[2]);
        try (SqlCache<Reading> cache = SqlCache.builder(Reading.class)
                .url(args[0])
                .fetcher(request -> LongStream.range(request.fromId(), request.toId())
                        .mapToObj(id -> new Reading("s", id, "reading number " + id, id / 2.0)))
                .maxFetchSpan(chunk)
                .maxFetches(Integer.MAX_VALUE)
                .fetchParallelism(1)
                .build()) {
            long before = usedHeap();
            long count = 0;
            long sum = 0;
            try (Stream<Reading> all = cache.query().eq("sensor", "s").range(0L, rows).stream()) {
                for (Reading reading : (Iterable<Reading>) all::iterator) {
                    count++;
                    sum += reading.id();
                }
            }
            say("rows " + count + " sum " + sum + " heap before " + before / 1024 + " KB");
        }
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @SuppressWarnings("SystemOut")
    private static void say(String line) {
        System.out.println(line);
    }
}
