/** Entries on their way from one store to another, or to a file and back. */
@NullMarked
package dev.cacheness.internal.transfer;

import org.jspecify.annotations.NullMarked;
