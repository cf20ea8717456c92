package dev.cacheness;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The parameter is a secret: {@code ******} is stored and shown in its place, see {@link EntryMetadata#keyParameters()}. On a component of a key or of a
 * record within a key. The digest of the key still follows from the value. Parameters that are called as secrets are, such as {@code password}, are
 * masked without it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Masked {}
