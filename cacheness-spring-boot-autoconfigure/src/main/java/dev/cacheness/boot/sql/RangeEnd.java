package dev.cacheness.boot.sql;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The end of the range that a {@link SqlCacheable} method is asked for, of the type of the range column. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface RangeEnd {

    /** Whether the value belongs to the range. */
    boolean inclusive() default false;
}
