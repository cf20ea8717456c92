package dev.cacheness.sample.source;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the slow provider.
 *
 * @param sourceDelay How long the provider takes to answer.
 */
@ConfigurationProperties("sample")
record SourceProperties(@DefaultValue("300ms") Duration sourceDelay) {

    SourceProperties {
        if (sourceDelay.isNegative()) {
            throw new IllegalArgumentException("sample.source-delay must not be negative, but is " + sourceDelay);
        }
    }
}
