/** What Micrometer is told. */
@NullMarked
package dev.cacheness.boot.metrics;

import org.jspecify.annotations.NullMarked;
