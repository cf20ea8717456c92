/** Airports by state, cached under a record key. */
@NullMarked
package dev.cacheness.sample.airports;

import org.jspecify.annotations.NullMarked;
