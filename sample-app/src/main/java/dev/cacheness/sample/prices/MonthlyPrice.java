package dev.cacheness.sample.prices;

/**
 * A month in a few numbers.
 *
 * @param month 1 to 12
 * @param days trading days
 */
record MonthlyPrice(int month, int days, double high, double low, double meanClose) {}
