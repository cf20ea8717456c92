package dev.cacheness.boot.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Each element of this collection has an entry of its own. On a parameter of a {@link Cached} method that returns a {@code Map} from the elements to their
 * values; the method is called with the elements only that are not cached, and not at all if there are none. Elements that it does not answer for are not
 * cached. In expressions the parameter is one element, so {@code key = "#ids"} shares its entries with a method of one {@code #id} in the same cache.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface CacheEach {}
