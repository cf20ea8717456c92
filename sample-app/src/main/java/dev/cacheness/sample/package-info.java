/** A web application on real data: summaries of share prices through {@code @Cacheable}, airports through the cache itself. */
@NullMarked
package dev.cacheness.sample;

import org.jspecify.annotations.NullMarked;
