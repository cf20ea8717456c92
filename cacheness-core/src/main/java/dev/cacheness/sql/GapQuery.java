package dev.cacheness.sql;

/**
 * The part of a query that a {@link GapDetector} decides about.
 *
 * @param partition the partition
 * @param range the range asked for, which may reach beyond now
 */
public record GapQuery(Partition partition, FetchRange range) {}
