/** The slow provider: CSV files that take their time. */
@NullMarked
package dev.cacheness.sample.source;

import org.jspecify.annotations.NullMarked;
