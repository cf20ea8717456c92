package dev.cacheness.sample.airports;

import dev.cacheness.sql.DataFetcher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the provider the source of the SQL cache {@code airportsByCode}, which is asked for several codes at once. */
@Configuration(proxyBeanMethods = false)
class AirportSource {

    @Bean
    DataFetcher<Airport> airportsByCode(AirportProvider provider) {
        return request -> provider.airportsOf(request.values("iata", String.class));
    }
}
