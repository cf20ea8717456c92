/** Yearly summaries of the S&amp;P 500, cached by {@code @Cacheable}. */
@NullMarked
package dev.cacheness.sample.prices;

import org.jspecify.annotations.NullMarked;
