package dev.cacheness;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The namespace of a key class, in place of the name of the class. Entries outlive a renamed or moved class only if its namespace is pinned so. On
 * a record, an enum or another class that is used as a parameter of a key it pins the name that goes into the key.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface KeyNamespace {

    /** At most 255 characters, none of them a control character. */
    String value();
}
