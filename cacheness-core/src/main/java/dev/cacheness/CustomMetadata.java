package dev.cacheness;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a record a table of facts about entries: one row for each entry that was put with such a record, see {@link PutOption#customMetadata}, and one
 * typed column for each component. The index creates the table when the record is first used. A component that is new becomes a new column, which is
 * null in older rows; a component that is gone leaves its column; a component of another type is refused.
 *
 * <p>A component is a primitive, a wrapper, a {@code String}, an enum, a {@code UUID}, a {@code BigDecimal}, a {@code LocalDate}, an {@code Instant}, a
 * {@code LocalDateTime}, a {@code Duration}, or an {@code Optional} of one of these. Its name has letters and digits only. Every column may be null; a
 * primitive that is read from null is zero or false.
 *
 * <ul>
 *   <li>Text has at most 65,536 characters, none of them U+0000 or half a surrogate pair, and is ordered by code points; enums by their names.
 *   <li>A {@code double} or {@code float} is finite, and {@code -0.0} becomes {@code 0.0}.
 *   <li>A {@code BigDecimal} is compared by value, so that {@code 1.0} equals {@code 1.00}, and comes back without trailing zeros.
 *   <li>Times keep their nanoseconds; their years are 0 to 9999. A {@code Duration} is at most 292 years long.
 * </ul>
 *
 * What is outside these bounds is refused with an {@link IllegalArgumentException} that names record and component.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CustomMetadata {

    /** The name of the table: a lower-case letter, and then at most 40 lower-case letters, digits and {@code _}. */
    String value();
}
