package dev.cacheness;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * No two entries have the same value, other than null, in this component of a {@link CustomMetadata} record. A put that would break this stores nothing and
 * fails with a {@link CacheMetadataException}. Implies {@link Indexed}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Unique {}
