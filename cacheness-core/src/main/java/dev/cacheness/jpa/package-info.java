/** The index as a Spring Data JPA repository, for reading. Needs Spring Data JPA and Hibernate, which nothing else here does. */
@NullMarked
package dev.cacheness.jpa;

import org.jspecify.annotations.NullMarked;
