package dev.cacheness.boot.autoconfigure;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.unit.DataSize;

/** Says how sizes and durations are written, which Spring Boot's own analysis does not. */
@Order(Ordered.LOWEST_PRECEDENCE - 1)
final class CachenessBindFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("cacheness");

    private static final Map<Class<?>, String> ACTIONS = Map.of(
            DataSize.class, "Use a size of at least 1 byte, such as 500MB or 10GB.",
            Duration.class, "Use a duration such as 6h, or leave it out for entries that do not expire.",
            Integer.class, "Use a whole number, or leave it out.",
            int.class, "Use a whole number.",
            Long.class, "Use a whole number, or leave it out.");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        Class<?> type = cause.getTarget().getType().resolve();
        String action = type == null ? null : ACTIONS.get(type);
        var property = cause.getProperty();
        if (type == null || action == null || property == null || !ROOT.isAncestorOf(cause.getName())) {
            return null;
        }
        String description =
                "The cache was not opened. The value is no %s.%n%n    Property: %s%n    Value: \"%s\"%n    Origin: %s"
                        .formatted(type.getSimpleName(), property.getName(), property.getValue(), property.getOrigin());
        return new FailureAnalysis(description, action, cause);
    }
}
