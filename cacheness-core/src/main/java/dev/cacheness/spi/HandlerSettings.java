package dev.cacheness.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a handler may need to know.
 *
 * @param classLoader finds the classes of values
 * @param trustedPackages packages, with all below them, whose classes may be written and read by handlers that can restore any class
 * @param codec the name of the codec of the cache, for handlers that compress what they write themselves
 * @param codecLevel the level that was asked for, null if it was left to the codec
 */
public record HandlerSettings(
        ClassLoader classLoader,
        List<String> trustedPackages,
        String codec,
        @Nullable Integer codecLevel) {

    public HandlerSettings {
        trustedPackages = List.copyOf(trustedPackages);
    }
}
