/** Metadata backends without a database. */
@NullMarked
package dev.cacheness.internal.metadata;

import org.jspecify.annotations.NullMarked;
