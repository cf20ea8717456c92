package dev.cacheness.sample.prices;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A year in a few numbers.
 *
 * @param days trading days
 * @param high the highest price of the year
 * @param low the lowest price of the year
 * @param meanClose the mean of all closing prices
 * @param volatility the annualised volatility: the sample standard deviation of the daily log returns, {@code ln(close / previous close)}, times the
 *     square root of 252; 0.1 is ten percent a year. 0 for a year with fewer than two returns
 */
record PriceSummary(int year, int days, double high, double low, double meanClose, double volatility) {

    private static final int TRADING_DAYS_PER_YEAR = 252;

    /** @param prices the trading days of the year in order of time, at least one */
    static PriceSummary of(int year, List<DailyPrice> prices) {
        return new PriceSummary(
                year,
                prices.size(),
                prices.stream().mapToDouble(DailyPrice::high).max().orElseThrow(),
                prices.stream().mapToDouble(DailyPrice::low).min().orElseThrow(),
                prices.stream().mapToDouble(DailyPrice::close).average().orElseThrow(),
                volatility(prices));
    }

    private static double volatility(List<DailyPrice> prices) {
        double[] returns = IntStream.range(1, prices.size())
                .mapToDouble(
                        i -> Math.log(prices.get(i).close() / prices.get(i - 1).close()))
                .toArray();
        if (returns.length < 2) {
            return 0;
        }
        double mean = IntStream.range(0, returns.length)
                .mapToDouble(i -> returns[i])
                .average()
                .orElseThrow();
        double squares = IntStream.range(0, returns.length)
                .mapToDouble(i -> (returns[i] - mean) * (returns[i] - mean))
                .sum();
        return Math.sqrt(squares / (returns.length - 1) * TRADING_DAYS_PER_YEAR);
    }
}
