/** What the cache costs, each figure beside that of hand-written code in the same run. */
@NullMarked
package dev.cacheness.benchmarks;

import org.jspecify.annotations.NullMarked;
