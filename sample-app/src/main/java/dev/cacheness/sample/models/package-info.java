/** Models of the S&amp;P 500 that are trained on request and kept as artifacts. */
@NullMarked
package dev.cacheness.sample.models;

import org.jspecify.annotations.NullMarked;
