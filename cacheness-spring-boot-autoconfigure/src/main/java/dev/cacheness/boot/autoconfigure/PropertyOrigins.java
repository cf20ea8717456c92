package dev.cacheness.boot.autoconfigure;

import java.util.Optional;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/** Finds where a property was set. */
final class PropertyOrigins {

    private PropertyOrigins() {}

    /** Empty if the property is not set, or if what is named is no property. */
    static Optional<Origin> of(Environment environment, String property) {
        if (!(environment instanceof ConfigurableEnvironment) || !ConfigurationPropertyName.isValid(property)) {
            return Optional.empty();
        }
        ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            var found = source.getConfigurationProperty(name);
            if (found != null) {
                return Optional.ofNullable(found.getOrigin());
            }
        }
        return Optional.empty();
    }
}
