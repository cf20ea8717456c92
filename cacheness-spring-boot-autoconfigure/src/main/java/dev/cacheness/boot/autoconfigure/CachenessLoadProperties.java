package dev.cacheness.boot.autoconfigure;

import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.engine.LoadScope;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * How missing values are loaded.
 *
 * @param scope Among whom a missing value is loaded once, while the others wait for it.
 * @param lease With the scope cluster, how long a process that died or stands still while it loads keeps others from loading the same.
 */
@ConfigurationProperties("cacheness.load")
public record CachenessLoadProperties(
        @DefaultValue("process") LoadScope scope,

        @DefaultValue("5s") @DurationUnit(ChronoUnit.SECONDS)
        Duration lease) {

    CachenessBuilder addTo(CachenessBuilder builder) {
        return builder.loadScope(scope).loadLease(lease);
    }
}
