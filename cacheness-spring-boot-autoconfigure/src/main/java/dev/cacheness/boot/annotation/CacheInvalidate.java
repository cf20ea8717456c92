package dev.cacheness.boot.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/**
 * A call of the method removes cached results: the one of a {@link #key}, or those with a {@link #tag} or an {@link #attribute}, or else all of the
 * {@link #cache}. Removes nothing if the method fails.
 *
 * <p>In a transaction the removal waits for the commit, and is dropped by a rollback; until then the transaction calls the methods of the cache anew, so that
 * it sees what it has written. Without a transaction it is done when the method returns; for a {@code CompletionStage}, {@code Mono} or {@code Flux} when that
 * ends well. A removal that fails is an exception for the caller; after a commit, when it is too late for that, it is logged and counted.
 *
 * <p>May be on a method more than once, on a method of an interface, and on another annotation. Expressions are as for {@link Cached}.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@Repeatable(CacheInvalidate.Several.class)
public @interface CacheInvalidate {

    /** The cache, see {@link Cached#cache}. May be empty with a {@link #tag} or an {@link #attribute}; then all caches are meant. */
    @AliasFor("prefix")
    String cache() default "";

    /** Another name for {@link #cache}. */
    @AliasFor("cache")
    String prefix() default "";

    /** Expression for the key, on the arguments and the {@code #result}; the same as that of the {@link Cached} method. */
    String key() default "";

    /** Removes what has this tag. Text, with expressions in <code>#{...}</code>. */
    String tag() default "";

    /** Removes what has this attribute, as {@code name=value}. Text, with expressions in <code>#{...}</code>, as in {@link Cached#attributes}. */
    String attribute() default "";

    /** Expression on the arguments and the {@code #result}. If it is not true, nothing is removed. */
    String condition() default "";

    /** Whether to remove before the method is called, whatever becomes of it, instead of after it. In a transaction it is done again after the commit. */
    boolean beforeInvocation() default false;

    /** Several of them on one method. */
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @Inherited
    @Documented
    @interface Several {

        /** All of them. */
        CacheInvalidate[] value();
    }
}
