package dev.cacheness.sample.airports;

import dev.cacheness.CacheKey;
import dev.cacheness.KeyNamespace;
import java.util.List;
import java.util.Locale;

/**
 * The key of all airports of a state.
 *
 * @param state two capital letters; small ones are turned into capitals, so that both find the same entry
 */
@KeyNamespace("airports")
record AirportsKey(String state) implements CacheKey<List<Airport>> {

    AirportsKey {
        state = state.toUpperCase(Locale.ROOT);
    }
}
