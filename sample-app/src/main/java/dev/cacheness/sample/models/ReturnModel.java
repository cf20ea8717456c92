package dev.cacheness.sample.models;

import java.time.LocalDate;

/**
 * Predicts the return of the next trading day from those of the last ones; a return is {@code close / previous close - 1}.
 *
 * @param days how many returns it looks at
 * @param from the first day of the prices that it was trained on
 * @param to the last one
 * @param observations how many days it was trained on
 * @param coefficients one for each return, the latest first
 * @param rSquared how much of the variance it explains, 0.0 to 1.0; near 0, for next to nothing can be known of tomorrow's prices
 */
record ReturnModel(
        int days,
        LocalDate from,
        LocalDate to,
        int observations,
        double intercept,
        double[] coefficients,
        double rSquared) {}
