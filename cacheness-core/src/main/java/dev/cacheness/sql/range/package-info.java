/** The ordered axis of a cached table: half-open intervals of ticks, sets of them, steps and the values they stand for. Pure and immutable. */
@NullMarked
package dev.cacheness.sql.range;

import org.jspecify.annotations.NullMarked;
