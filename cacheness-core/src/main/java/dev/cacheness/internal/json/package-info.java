/** JSON, the only place that knows the library behind it. */
@NullMarked
package dev.cacheness.internal.json;

import org.jspecify.annotations.NullMarked;
