package dev.cacheness.sample.prices;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.sample.web.ProviderUse;
import dev.cacheness.table.Table;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.stereotype.Service;

/** The prices of all days, as an array and as a table. */
@Service
class PriceData {

    private static final ReturnsKey RETURNS = new ReturnsKey("S&P 500");

    private static final PriceTableKey TABLE = new PriceTableKey("S&P 500");

    /** The same entry, read as the file that it is. */
    private static final CacheKey<InputStream> FILE = TABLE.as(InputStream.class);

    private final Cacheness cache;

    private final PriceProvider provider;

    PriceData(Cacheness cache, PriceProvider provider) {
        this.cache = cache;
        this.provider = provider;
    }

    /** {@code ln(close / previous close)} for each day but the first. */
    double[] returns(ProviderUse use) {
        return cache.getOrCompute(RETURNS, missing -> {
            List<DailyPrice> prices = all(use);
            return IntStream.range(1, prices.size())
                    .mapToDouble(i ->
                            Math.log(prices.get(i).close() / prices.get(i - 1).close()))
                    .toArray();
        });
    }

    /** The caller closes the stream. */
    InputStream parquetFile(ProviderUse use) {
        return cache.get(FILE).orElseGet(() -> {
            cache.getOrCompute(TABLE, missing -> Table.of(DailyPrice.class, all(use)));
            return cache.get(FILE).orElseThrow(() -> new IllegalStateException("The table could not be stored"));
        });
    }

    private List<DailyPrice> all(ProviderUse use) {
        use.report();
        return provider.pricesBetween(LocalDate.MIN, LocalDate.MAX);
    }
}
