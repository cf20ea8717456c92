package dev.cacheness.boot.actuate;

import dev.cacheness.sql.FetchRange;
import dev.cacheness.sql.PartitionRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of a partition.
 *
 * @param partition the partition, empty if the table has none
 * @param from the first value, null if the start is open or the table has no range
 * @param to the first value behind it, null if the end is open or the table has no range
 */
public record SqlRangeDescriptor(
        String partition, @Nullable String from, @Nullable String to) {

    static SqlRangeDescriptor of(PartitionRange part) {
        return of(part.partition().toString(), part.range());
    }

    static SqlRangeDescriptor of(String partition, FetchRange range) {
        return new SqlRangeDescriptor(
                partition,
                range.isNone() || range.isOpenStart() ? null : range.from().toString(),
                range.isNone() || range.isOpenEnd() ? null : range.to().toString());
    }

    static List<SqlRangeDescriptor> all(List<PartitionRange> parts) {
        return parts.stream().map(SqlRangeDescriptor::of).toList();
    }
}
