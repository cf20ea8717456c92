/** What caching has to know of the transactions of the application. */
@NullMarked
package dev.cacheness.boot.transaction;

import org.jspecify.annotations.NullMarked;
