package dev.cacheness.sample.prices;

import dev.cacheness.sql.DataFetcher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the provider the source of the SQL cache {@code prices}. */
@Configuration(proxyBeanMethods = false)
class PriceSource {

    @Bean
    DataFetcher<DailyPrice> prices(PriceProvider provider) {
        return request -> provider.pricesBetween(request.fromDate(), request.lastDate());
    }
}
