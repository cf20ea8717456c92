package dev.cacheness.sample.earthquakes;

import dev.cacheness.Cacheness;
import dev.cacheness.sample.source.SlowSource;
import dev.cacheness.sample.web.ProviderUse;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** One week of earthquakes, as GeoJSON. */
@RestController
@RequestMapping("/api/earthquakes")
class EarthquakeController {

    private static final EarthquakesKey WEEK = new EarthquakesKey("all_week");

    private final Cacheness cache;

    private final SlowSource source;

    EarthquakeController(Cacheness cache, SlowSource source) {
        this.cache = cache;
        this.source = source;
    }

    @GetMapping
    JsonNode earthquakes(HttpServletResponse response) {
        var use = new ProviderUse();
        JsonNode week = cache.getOrCompute(WEEK, missing -> {
            use.report();
            return source.json("earthquakes.json");
        });
        use.writeTo(response);
        return week;
    }
}
