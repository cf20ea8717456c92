package dev.cacheness.sample.prices;

import dev.cacheness.sample.web.SourceUse;
import dev.cacheness.sql.EnsuredRows;
import dev.cacheness.sql.SqlCacheResult;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.List;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/prices")
class PriceHistoryController {

    private final PriceHistory history;

    PriceHistoryController(PriceHistory history) {
        this.history = history;
    }

    @GetMapping
    List<DailyPrice> prices(
            @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate from,
            @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate to,
            HttpServletResponse response) {
        SqlCacheResult<DailyPrice> result = history.between(from, to);
        SourceUse.ranges(result.fetched(), response);
        return result.rows();
    }

    @GetMapping("/monthly")
    List<MonthlyPrice> monthly(@RequestParam int year, HttpServletResponse response) {
        EnsuredRows<DailyPrice> days = history.year(year);
        SourceUse.ranges(days.fetched(), response);
        return history.monthly(year, days);
    }
}
