/** Tables as Parquet files. Only what is in this package knows Parquet, and without Parquet on the class path it says so. */
@NullMarked
package dev.cacheness.internal.handler.table;

import org.jspecify.annotations.NullMarked;
