package dev.cacheness.sample.prices;

import dev.cacheness.sample.source.CsvRow;
import dev.cacheness.sample.source.SlowSource;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Knows the prices of every trading day, and takes its time. */
@Component
class PriceProvider {

    private final SlowSource source;

    PriceProvider(SlowSource source) {
        this.source = source;
    }

    /** The trading days of a year in order of time; empty if nothing is known about the year. */
    List<DailyPrice> pricesOf(int year) {
        return prices(price -> price.date().getYear() == year);
    }

    /** The trading days from the first to the last day, both inclusive, in order of time. */
    List<DailyPrice> pricesBetween(LocalDate first, LocalDate last) {
        return prices(price -> !price.date().isBefore(first) && !price.date().isAfter(last));
    }

    private List<DailyPrice> prices(Predicate<DailyPrice> wanted) {
        return source.rows("sp500-2000.csv").stream()
                .map(PriceProvider::toPrice)
                .filter(wanted)
                .toList();
    }

    private static DailyPrice toPrice(CsvRow row) {
        return new DailyPrice(
                LocalDate.parse(row.text("date")), row.number("high"), row.number("low"), row.number("close"));
    }
}
