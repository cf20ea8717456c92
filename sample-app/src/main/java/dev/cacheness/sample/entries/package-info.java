/** Questions to the index of the cache, by Spring Data JPA. */
@NullMarked
package dev.cacheness.sample.entries;

import org.jspecify.annotations.NullMarked;
