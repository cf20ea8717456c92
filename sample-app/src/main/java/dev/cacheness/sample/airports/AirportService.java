package dev.cacheness.sample.airports;

import dev.cacheness.Cacheness;
import dev.cacheness.sample.web.ProblemException;
import dev.cacheness.sample.web.ProviderUse;
import java.util.List;
import org.springframework.stereotype.Service;

@Service
class AirportService {

    private final Cacheness cache;
    private final AirportProvider provider;

    AirportService(Cacheness cache, AirportProvider provider) {
        this.cache = cache;
        this.provider = provider;
    }

    /** @throws ProblemException if there is no such state; that is not cached */
    List<Airport> airports(AirportsKey key, ProviderUse use) {
        return cache.getOrCompute(key, missing -> {
            use.report();
            List<Airport> airports = provider.airportsIn(missing.state());
            if (airports.isEmpty()) {
                throw ProblemException.notFound("There are no airports in the state " + missing.state());
            }
            return airports;
        });
    }

    void evict(AirportsKey key) {
        cache.invalidate(key);
    }
}
