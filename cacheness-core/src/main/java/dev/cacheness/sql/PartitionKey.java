package dev.cacheness.sql;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A column whose value every query names: the rows of one value have their coverage in common, and are fetched together. On a parameter of a cached
 * method: the value, or a collection of values, of such a column.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface PartitionKey {

    /** On a parameter, the name of the record component that it is a value of; empty if it has the same name. Without meaning on a component. */
    String value() default "";
}
