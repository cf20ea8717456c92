package dev.cacheness.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Lets short environment variables stand for the properties that they mean. They rank just below the environment itself, so that
 * {@code CACHENESS_STORAGE_DIR} outranks {@code CACHENESS_DIR}, and above all configuration files, which may use the properties.
 *
 * <p>{@code CACHENESS_COMPRESSION_CODEC} and {@code CACHENESS_COMPRESSION_LEVEL} are what Spring Boot itself makes of the properties' names.
 */
public final class CachenessEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

    static final String PROPERTY_SOURCE_NAME = "cachenessEnvironmentVariables";

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER - 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        addTo(environment);
    }

    static void addTo(ConfigurableEnvironment environment) {
        String systemEnvironment = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        PropertySource<?> variables = environment.getPropertySources().get(systemEnvironment);
        if (variables == null) {
            return;
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        for (ShortVariable variable : ShortVariable.values()) {
            Object value = variables.getProperty(variable.name());
            if (value != null && !value.toString().isBlank()) {
                properties.put(
                        variable.property(),
                        OriginTrackedValue.of(
                                variable.convert(value.toString().strip()),
                                new SystemEnvironmentOrigin(variable.name())));
            }
        }
        if (!properties.isEmpty()) {
            environment
                    .getPropertySources()
                    .addAfter(
                            systemEnvironment,
                            new OriginTrackedMapPropertySource(PROPERTY_SOURCE_NAME, properties, true));
        }
    }
}
