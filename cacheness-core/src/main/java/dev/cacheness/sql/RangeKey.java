package dev.cacheness.sql;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The ordered column that queries name a range of. At most one: a {@code LocalDate}, {@code Instant}, {@code OffsetDateTime}, {@code LocalDateTime}, {@code long} or {@code int}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface RangeKey {}
