package dev.cacheness.boot.test.app;

import dev.cacheness.sql.SqlCache;
import java.time.LocalDate;
import org.springframework.stereotype.Service;

@Service
public class Reports {

    private final SqlCache<Price> prices;

    public Reports(SqlCache<Price> prices) {
        this.prices = prices;
    }

    public double total(String symbol, LocalDate from, LocalDate to) {
        return prices.query().eq("symbol", symbol).range(from, to).list().stream()
                .mapToDouble(Price::close)
                .sum();
    }
}
