package dev.cacheness.sample.prices;

import dev.cacheness.sample.web.ProviderUse;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/prices/summary")
class PriceController {

    private final PriceService prices;

    PriceController(PriceService prices) {
        this.prices = prices;
    }

    @GetMapping
    PriceSummary summary(@RequestParam int year, HttpServletResponse response) {
        var use = new ProviderUse();
        PriceSummary summary = prices.summary(year, use);
        use.writeTo(response);
        return summary;
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void evict(@RequestParam int year) {
        prices.evict(year);
    }
}
