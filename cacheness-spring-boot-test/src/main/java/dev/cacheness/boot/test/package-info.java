/** Helps to test what uses caches: a cache of its own for each test, a slice for SQL caches, assertions, a clock that tests move, and faults. */
@NullMarked
package dev.cacheness.boot.test;

import org.jspecify.annotations.NullMarked;
