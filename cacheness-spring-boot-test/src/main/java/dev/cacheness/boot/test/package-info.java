/** Helps to test what uses SQL caches: a slice of the application, sources that record what they are asked, and a clock that tests move. */
@NullMarked
package dev.cacheness.boot.test;

import org.jspecify.annotations.NullMarked;
