package dev.cacheness.docs;

import static dev.cacheness.PutOption.ttl;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import java.time.Duration;
import java.time.LocalDate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class DemoApplication {

    private static final Logger log = LoggerFactory.getLogger(DemoApplication.class);

    record Forecast(String city, double celsius) {}

    record ForecastKey(String city, LocalDate day) implements CacheKey<Forecast> {}

    public static void main(String[] args) {
        SpringApplication.run(DemoApplication.class, args);
    }

    @Bean
    CommandLineRunner demo(Cacheness cache) {
        return args -> {
            var key = new ForecastKey("Oslo", LocalDate.of(2026, 11, 24));
            Forecast forecast = cache.getOrCompute(key, missing -> ask(missing), ttl(Duration.ofHours(6)));
            log.info("{}", forecast);
        };
    }

    private static Forecast ask(ForecastKey key) {
        log.info("Asking the slow service about {}", key.city());
        return new Forecast(key.city(), -3.5);
    }
}
