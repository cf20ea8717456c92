package dev.cacheness.engine;

/**
 * The settings of the engine that hold for the whole cache.
 *
 * @param maxSizeBytes what the stored sizes of all values may add up to
 * @param cleanUpOnInit whether expired entries are removed at once instead of within the first minute
 */
record EngineSettings(long maxSizeBytes, boolean cleanUpOnInit) {}
