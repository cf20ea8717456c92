/** Annotations that cache what methods of Spring beans return, and the same for calls that no annotation reaches. */
@NullMarked
package dev.cacheness.boot.annotation;

import org.jspecify.annotations.NullMarked;
