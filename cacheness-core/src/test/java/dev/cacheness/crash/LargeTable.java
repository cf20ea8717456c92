package dev.cacheness.crash;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.table.TableSource;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Puts and gets a table of so many rows as it is told, and prints how many of them came back in order, and after how many milliseconds. */
final class LargeTable {

    record Row(long id, int number, double price, String name, LocalDate day, Instant at) {}

    private LargeTable() {}

    public static void main(String[] arguments) throws Exception {
        CacheKey<TableSource> key = CacheKey.of("large", 1).as(TableSource.class);
        long rows = Long.parseLong(arguments[1]);
        try (Cacheness cache = CachenessBuilder.at(Path.of(arguments[0])).build()) {
            long start = System.nanoTime();
            cache.put(key, TableSource.of(Row.class, () -> rows(rows)));
            long written = System.nanoTime();
            long[] next = new long[1];
            try (TableSource table = cache.get(key).orElseThrow();
                    Stream<Row> stored = table.rows(Row.class)) {
                stored.forEach(row -> next[0] += row.equals(row(next[0])) ? 1 : 0);
            }
            long read = System.nanoTime();
            System.out.println("SAME " + next[0]);
            System.out.println("MILLIS " + (written - start) / 1_000_000 + " " + (read - written) / 1_000_000
                    + ", BYTES " + cache.metadata(key).orElseThrow().sizeBytes());
        }
    }

    private static Stream<Row> rows(long count) {
        return LongStream.range(0, count).mapToObj(LargeTable::row);
    }

    /** Of values that neither a dictionary nor a codec makes very small. */
    private static Row row(long number) {
        long noise = number * 0x9E3779B97F4A7C15L;
        return new Row(
                number,
                (int) (noise >>> 40),
                (noise >>> 20) / 1e6,
                "name-" + (noise >>> 50),
                LocalDate.ofEpochDay(number % 20_000),
                Instant.ofEpochMilli(number * 1_000));
    }
}
