/** Cacheness as a store for Spring's cache abstraction. */
@NullMarked
package dev.cacheness.boot.cache;

import org.jspecify.annotations.NullMarked;
