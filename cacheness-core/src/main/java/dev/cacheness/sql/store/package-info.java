/**
 * Where rows and the ledger of covered ranges are kept: SQLite, DuckDB or PostgreSQL. For the cache's own use; the types of an optional driver are
 * touched only by the store that needs it.
 */
@NullMarked
package dev.cacheness.sql.store;

import org.jspecify.annotations.NullMarked;
