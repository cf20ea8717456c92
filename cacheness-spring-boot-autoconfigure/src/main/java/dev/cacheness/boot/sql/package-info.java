/** Methods that are called only for the rows that an SQL cache lacks. */
@NullMarked
package dev.cacheness.boot.sql;

import org.jspecify.annotations.NullMarked;
