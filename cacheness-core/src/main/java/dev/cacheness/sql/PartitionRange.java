package dev.cacheness.sql;

/** A range of a partition. */
public record PartitionRange(Partition partition, FetchRange range) {

    /** {@code symbol=AAPL [2024-01-06, 2024-01-20)}. */
    @Override
    public String toString() {
        String name = partition.toString();
        return name.isEmpty() ? range.toString() : name + " " + range;
    }
}
