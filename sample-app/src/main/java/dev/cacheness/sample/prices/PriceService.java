package dev.cacheness.sample.prices;

import dev.cacheness.sample.web.ProblemException;
import dev.cacheness.sample.web.ProviderUse;
import java.util.List;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;

@Service
class PriceService {

    private final PriceProvider provider;

    PriceService(PriceProvider provider) {
        this.provider = provider;
    }

    /** @throws ProblemException if nothing is known about the year; that is not cached */
    @Cacheable(cacheNames = "prices", key = "#year", sync = true)
    public PriceSummary summary(int year, ProviderUse use) {
        use.report();
        List<DailyPrice> prices = provider.pricesOf(year);
        if (prices.isEmpty()) {
            throw ProblemException.notFound("There are no prices of the year " + year);
        }
        return PriceSummary.of(year, prices);
    }

    @CacheEvict(cacheNames = "prices", key = "#year")
    public void evict(int year) {
        // All there is to do is what the annotation says.
    }
}
