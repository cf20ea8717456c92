package dev.cacheness.sample.prices;

import dev.cacheness.sample.web.ProviderUse;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The days of a year with the highest prices. */
@RestController
@RequestMapping("/api/prices/highest")
class HighestPriceController {

    private final PriceService prices;

    HighestPriceController(PriceService prices) {
        this.prices = prices;
    }

    @GetMapping
    List<DailyPrice> highest(@RequestParam int year, HttpServletResponse response) {
        var use = new ProviderUse();
        List<DailyPrice> highest = prices.highest(year, use);
        use.writeTo(response);
        return highest;
    }
}
