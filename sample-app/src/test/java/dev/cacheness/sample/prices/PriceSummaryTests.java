package dev.cacheness.sample.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceSummaryTests {

    private static final LocalDate DAY = LocalDate.of(2020, 1, 2);

    @Test
    void extremesAndMeanAreThoseOfAllDays() {
        var prices = List.of(new DailyPrice(DAY, 12, 8, 10), new DailyPrice(DAY.plusDays(1), 15, 9, 14));

        PriceSummary summary = PriceSummary.of(2020, prices);

        assertThat(summary).isEqualTo(new PriceSummary(2020, 2, 15, 8, 12, 0));
    }

    @Test
    void volatilityIsTheAnnualisedDeviationOfLogReturns() {
        // Log returns of +0.1 and -0.1 around a mean of 0: the sample variance is 0.02.
        var prices = List.of(
                new DailyPrice(DAY, 1, 1, 100),
                new DailyPrice(DAY.plusDays(1), 1, 1, 100 * Math.exp(0.1)),
                new DailyPrice(DAY.plusDays(2), 1, 1, 100));

        double volatility = PriceSummary.of(2020, prices).volatility();

        assertThat(volatility).isCloseTo(Math.sqrt(0.02 * 252), within(1e-9));
    }
}
