package dev.cacheness.boot.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/** {@link Cached} for answers of remote services: six hours, compressed by LZ4, and a failing cache never gets in the way. */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@Cached(ttl = "6h", codec = "lz4", ignoreErrors = true)
public @interface ApiCached {

    /** See {@link Cached#ttl}. */
    @AliasFor(annotation = Cached.class)
    String ttl() default "6h";

    /** See {@link Cached#cache}. */
    @AliasFor(annotation = Cached.class, attribute = "cache")
    String cache() default "";

    /** See {@link Cached#key}. */
    @AliasFor(annotation = Cached.class)
    String key() default "";

    /** See {@link Cached#attributes}. */
    @AliasFor(annotation = Cached.class)
    String[] attributes() default {};

    /** See {@link Cached#tags}. */
    @AliasFor(annotation = Cached.class)
    String[] tags() default {};

    /** See {@link Cached#condition}. */
    @AliasFor(annotation = Cached.class)
    String condition() default "";

    /** See {@link Cached#unless}. */
    @AliasFor(annotation = Cached.class)
    String unless() default "";
}
