package dev.cacheness.engine;

import dev.cacheness.CacheEventListener;
import java.time.Duration;
import java.util.List;

/**
 * The settings of the engine that hold for the whole cache.
 *
 * @param maxSizeBytes what the stored sizes of all values may add up to
 * @param readTimeout how long a look-up may take
 * @param cleanUpOnInit whether expired entries are removed at once instead of within the first minute
 * @param listeners who is told what happens
 */
record EngineSettings(
        long maxSizeBytes, Duration readTimeout, boolean cleanUpOnInit, List<CacheEventListener> listeners) {}
