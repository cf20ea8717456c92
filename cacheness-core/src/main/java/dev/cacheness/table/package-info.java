/** Tables: rows and typed columns that are held by column. */
@NullMarked
package dev.cacheness.table;

import org.jspecify.annotations.NullMarked;
