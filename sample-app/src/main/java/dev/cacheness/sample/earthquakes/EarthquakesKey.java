package dev.cacheness.sample.earthquakes;

import dev.cacheness.CacheKey;
import dev.cacheness.KeyNamespace;
import tools.jackson.databind.JsonNode;

/** The key of one feed of the geological survey. Trees of JSON are stored as JSON. */
@KeyNamespace("earthquakes")
record EarthquakesKey(String feed) implements CacheKey<JsonNode> {}
