package dev.cacheness.boot.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/**
 * What the method returns is cached if the result is worth it: {@code @CacheIf("#result.status == 'success'")}. Everything else is as for {@link Cached}. Beside
 * a {@link Cached} on the same method only the condition counts.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@Cached
public @interface CacheIf {

    /** Expression on the {@code #result} and the arguments. If it is not true, or fails, the result is not stored. */
    String value();

    /** See {@link Cached#ttl}. */
    @AliasFor(annotation = Cached.class)
    String ttl() default "";

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

    /** See {@link Cached#description}. */
    @AliasFor(annotation = Cached.class)
    String description() default "";

    /** See {@link Cached#condition}. */
    @AliasFor(annotation = Cached.class)
    String condition() default "";

    /** See {@link Cached#ignoreErrors}. */
    @AliasFor(annotation = Cached.class)
    boolean ignoreErrors() default true;
}
