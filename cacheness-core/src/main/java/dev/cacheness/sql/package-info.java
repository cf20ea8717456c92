/**
 * Tables that fetch only what is missing. A {@link dev.cacheness.sql.SqlCache} answers queries from a table in SQLite, DuckDB or PostgreSQL, knows
 * which ranges were asked for before, and asks the source for the rest.
 */
@NullMarked
package dev.cacheness.sql;

import org.jspecify.annotations.NullMarked;
