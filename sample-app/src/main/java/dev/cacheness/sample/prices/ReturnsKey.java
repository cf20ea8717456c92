package dev.cacheness.sample.prices;

import dev.cacheness.CacheKey;
import dev.cacheness.KeyNamespace;

/** The key of the daily returns of an index. Arrays are stored as arrays. */
@KeyNamespace("returns")
record ReturnsKey(String index) implements CacheKey<double[]> {}
