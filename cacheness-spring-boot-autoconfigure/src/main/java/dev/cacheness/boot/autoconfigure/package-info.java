/** Wires a cache into a Spring Boot application: properties, the cache itself, and what grows around it. */
@NullMarked
package dev.cacheness.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
