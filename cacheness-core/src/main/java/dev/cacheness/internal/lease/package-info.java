/** Leases in a table: what one process of many may do for some time. */
@NullMarked
package dev.cacheness.internal.lease;

import org.jspecify.annotations.NullMarked;
