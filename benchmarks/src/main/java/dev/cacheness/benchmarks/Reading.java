package dev.cacheness.benchmarks;

import dev.cacheness.sql.FetchRequest;
import dev.cacheness.sql.PartitionKey;
import dev.cacheness.sql.RangeKey;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A row of the SQL caches that are measured. */
public record Reading(@PartitionKey long sensor, @RangeKey long id, double a, double b, double c) {

    /** What the source has: one reading for each number. */
    static Stream<Reading> fetch(FetchRequest request) {
        return request.values("sensor", Long.class).stream()
                .flatMap(sensor -> LongStream.range(request.fromId(), request.toId())
                        .mapToObj(id -> new Reading(sensor, id, id, id / 2.0, 1)));
    }
}
