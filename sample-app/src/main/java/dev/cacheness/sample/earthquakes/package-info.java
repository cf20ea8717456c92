/** Earthquakes: an answer of a remote service that is kept as it came, as JSON. */
@NullMarked
package dev.cacheness.sample.earthquakes;

import org.jspecify.annotations.NullMarked;
