/** Metadata backends on databases, in plain JDBC. What holds for SQLite alone is in the classes named after it. */
@NullMarked
package dev.cacheness.internal.jdbc;

import org.jspecify.annotations.NullMarked;
