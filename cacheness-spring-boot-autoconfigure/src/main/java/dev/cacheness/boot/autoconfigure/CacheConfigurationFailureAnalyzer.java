package dev.cacheness.boot.autoconfigure;

import dev.cacheness.CacheConfigurationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Explains a setting that makes no sense, with where it was set. */
final class CacheConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<CacheConfigurationException> {

    private final Environment environment;

    CacheConfigurationFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CacheConfigurationException cause) {
        StringBuilder description = new StringBuilder("The cache was not opened. ").append(cause.problem());
        description.append("%n%n    Property: ".formatted()).append(cause.property());
        if (cause.value() != null) {
            description
                    .append("%n    Value: \"".formatted())
                    .append(cause.value())
                    .append('"');
        }
        PropertyOrigins.of(environment, cause.property())
                .ifPresent(origin ->
                        description.append("%n    Origin: ".formatted()).append(origin));
        return new FailureAnalysis(description.toString(), cause.action(), cause);
    }
}
