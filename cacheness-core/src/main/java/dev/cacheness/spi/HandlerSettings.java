package dev.cacheness.spi;

import java.util.List;

/**
 * What a handler may need to know.
 *
 * @param classLoader finds the classes of values
 * @param trustedPackages packages, with all below them, whose classes may be written and read by handlers that can restore any class
 */
public record HandlerSettings(ClassLoader classLoader, List<String> trustedPackages) {

    public HandlerSettings {
        trustedPackages = List.copyOf(trustedPackages);
    }
}
