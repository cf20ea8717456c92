package dev.cacheness.sample.prices;

import dev.cacheness.sample.web.ProblemException;
import dev.cacheness.sql.EnsuredRows;
import dev.cacheness.sql.SqlCache;
import dev.cacheness.sql.SqlCacheResult;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Service;

/** Daily prices from a table that asks the provider only for days it was never asked for. */
@Service
class PriceHistory {

    private static final int LAST_YEAR = 9999;

    private static final String MONTHLY = """
            select cast(month(date) as integer) as month, count(*) as days, max(high) as high, min(low) as low,
                avg(close) as mean_close
            from {rows}
            group by 1
            order by 1
            """;

    private final SqlCache<DailyPrice> prices;

    PriceHistory(SqlCache<DailyPrice> prices) {
        this.prices = prices;
    }

    /**
     * The trading days from the first to the last day, both inclusive.
     *
     * @throws ProblemException if the range is reversed or beyond all calendars
     */
    SqlCacheResult<DailyPrice> between(LocalDate from, LocalDate to) {
        if (from.isAfter(to)) {
            throw ProblemException.badRequest("The range is reversed: 'from' is " + from + ", 'to' is " + to);
        }
        if (!isKnown(from.getYear()) || !isKnown(to.getYear())) {
            throw ProblemException.badRequest("The years of 'from' and 'to' must be 1 to " + LAST_YEAR);
        }
        return prices.query().between(from, to).result();
    }

    /** The days of a year, in the table. @throws ProblemException if there is no such year */
    EnsuredRows<DailyPrice> year(int year) {
        if (!isKnown(year)) {
            throw noPrices(year);
        }
        return prices.query()
                .between(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31))
                .ensure();
    }

    /** What the database makes of the days of a year. @throws ProblemException if there are none */
    List<MonthlyPrice> monthly(int year, EnsuredRows<DailyPrice> days) {
        List<MonthlyPrice> months = days.sql(MONTHLY).list(MonthlyPrice.class);
        if (months.isEmpty()) {
            throw noPrices(year);
        }
        return months;
    }

    private static boolean isKnown(int year) {
        return year >= 1 && year <= LAST_YEAR;
    }

    private static ProblemException noPrices(int year) {
        return ProblemException.notFound("There are no prices of the year " + year);
    }
}
