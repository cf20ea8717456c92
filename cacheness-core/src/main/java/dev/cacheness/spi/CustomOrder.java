package dev.cacheness.spi;

/**
 * Orders entries by a column of custom metadata. Null counts as less than every value.
 *
 * @param descending whether the greatest value comes first
 */
public record CustomOrder(CustomColumn column, boolean descending) {}
