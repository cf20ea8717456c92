/**
 * The cache as its users see it: keys, entries, options, statistics and errors. Depends on the JDK alone; the engine that does the work is
 * reached through {@code dev.cacheness.engine.CachenessBuilder}.
 */
@NullMarked
package dev.cacheness;

import org.jspecify.annotations.NullMarked;
