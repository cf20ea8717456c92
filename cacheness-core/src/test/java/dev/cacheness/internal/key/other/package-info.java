/** Classes that are called as others are. */
@NullMarked
package dev.cacheness.internal.key.other;

import org.jspecify.annotations.NullMarked;
