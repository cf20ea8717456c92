/** For applications that give the index a database of their own. */
@NullMarked
package dev.cacheness.jdbc;

import org.jspecify.annotations.NullMarked;
