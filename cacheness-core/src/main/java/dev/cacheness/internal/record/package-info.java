/** A record as a table: its columns, how a value is stored in them, and how a row is read back. Knows no database. */
@NullMarked
package dev.cacheness.internal.record;

import org.jspecify.annotations.NullMarked;
