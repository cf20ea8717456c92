package dev.cacheness.boot.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/**
 * What the method returns is cached: a call with the same arguments gets the stored result, also after a restart, and the method is not called.
 *
 * <p>Without {@link #key} the key is made of the method and all its arguments, by parameter name and value. The method counts by the name of its class, its
 * own name and the types of its parameters, so two methods never mix. With {@code key} the key is the value of that expression alone, within the
 * {@link #cache}; methods of the same cache share entries then.
 *
 * <p>A null is cached, and so is an empty {@code Optional}. Of a {@code CompletionStage}, {@code Mono} or {@code Flux} the value that it comes to is cached
 * and a failure is not. An exception of the method is not cached either. Of many callers that miss the same key, one calls the method and the others wait.
 *
 * <p>Works on methods of beans that are called through the bean, not on those that a class calls itself: see {@link CachedCalls} for these. May be on a
 * method of an interface, and on another annotation. Expressions are of Spring's expression language; they know the arguments as {@code #name},
 * {@code #a0} and {@code #p0}, the {@code #root} with {@code target}, {@code targetClass}, {@code method}, {@code methodName} and {@code args}, and beans as
 * {@code @name}. In all texts <code>${...}</code> stands for a property. A mistake in one of them stops the start and names the method.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface Cached {

    /**
     * How long a result lives: {@code 10m}, {@code 24h}, {@code PT1H30M}; a number without a unit counts hours; {@code never} to expire never. If this is
     * empty, what {@code cacheness.caches.<name>.ttl} says.
     */
    String ttl() default "";

    /**
     * The cache that holds the results: the namespace of their keys, and the name of their settings in {@code cacheness.caches.<name>}. If this is empty, the
     * class and the name of the method with a dot in between.
     */
    @AliasFor("prefix")
    String cache() default "";

    /** Another name for {@link #cache}. */
    @AliasFor("cache")
    String prefix() default "";

    /** Expression for the key, such as {@code #id} or <code>{#city, #day}</code>. If this is empty, the method and all its arguments. */
    String key() default "";

    /**
     * Facts that are stored with the result and can be searched, each as {@code name=value}. The value is text, with expressions in <code>#{...}</code>; if it is
     * one expression and nothing else, its type is kept.
     */
    String[] attributes() default {};

    /** Words by which results are found and removed together. Text, with expressions in <code>#{...}</code>. */
    String[] tags() default {};

    /** A text for people. Text, with expressions in <code>#{...}</code>. */
    String description() default "";

    /** The codec that compresses results, such as {@code lz4}. If this is empty, that of the cache. */
    String codec() default "";

    /** Expression on the arguments. If it is not true, the method is called as if it had no annotation. */
    String condition() default "";

    /** Expression on the arguments and the {@code #result}, for an {@code Optional} its content. If it is true, the result is not stored. */
    String unless() default "";

    /**
     * Whether a failing cache is hidden from the caller, who gets the result of the method then. If not, a key that cannot be made, an expression that fails and a
     * result that cannot be stored are exceptions. A stored result that cannot be read just counts as absent, in either case.
     */
    boolean ignoreErrors() default true;
}
