package dev.cacheness.sample.prices;

import dev.cacheness.boot.annotation.CacheInvalidate;
import dev.cacheness.boot.annotation.Cached;
import dev.cacheness.sample.web.ProblemException;
import dev.cacheness.sample.web.ProviderUse;
import java.util.Comparator;
import java.util.List;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;

@Service
class PriceService {

    private static final int HIGHEST = 5;

    private final PriceProvider provider;

    PriceService(PriceProvider provider) {
        this.provider = provider;
    }

    /** @throws ProblemException if nothing is known about the year; that is not cached */
    @Cacheable(cacheNames = "prices", key = "#year", sync = true)
    public PriceSummary summary(int year, ProviderUse use) {
        List<DailyPrice> prices = provider.pricesOf(year);
        use.report();
        if (prices.isEmpty()) {
            throw ProblemException.notFound("There are no prices of the year " + year);
        }
        return PriceSummary.of(year, prices);
    }

    /**
     * The five days of a year on which the price closed highest, the highest first.
     *
     * @throws ProblemException if nothing is known about the year; that is not cached
     */
    @Cached(cache = "highest-prices", key = "#year", ttl = "12h", tags = "year:#{#year}")
    public List<DailyPrice> highest(int year, ProviderUse use) {
        List<DailyPrice> prices = provider.pricesOf(year);
        use.report();
        if (prices.isEmpty()) {
            throw ProblemException.notFound("There are no prices of the year " + year);
        }
        return prices.stream()
                .sorted(Comparator.comparingDouble(DailyPrice::close).reversed())
                .limit(HIGHEST)
                .toList();
    }

    @CacheEvict(cacheNames = "prices", key = "#year")
    @CacheInvalidate(tag = "year:#{#year}")
    public void evict(int year) {
        // All there is to do is what the annotations say.
    }
}
