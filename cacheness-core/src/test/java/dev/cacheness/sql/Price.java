package dev.cacheness.sql;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A row of the tests. */
@CacheTable("prices")
public record Price(
        @PartitionKey String symbol,
        @RangeKey LocalDate date,
        double close,
        @Nullable Long volume) {

    static Price of(String symbol, LocalDate date) {
        return new Price(
                symbol, date, date.toEpochDay() / 4.0, date.getDayOfMonth() % 3 == 0 ? null : date.toEpochDay());
    }

    /** One row for every day of the request. */
    static java.util.List<Price> daily(FetchRequest request) {
        return request.partitions().stream()
                .flatMap(p -> request.fromDate()
                        .datesUntil(request.toDate())
                        .map(date -> of(p.values().get("symbol").toString(), date)))
                .toList();
    }
}
