package dev.cacheness.spi;

import java.lang.reflect.Type;

/**
 * The type of a key under which {@link NullValue} may be stored in place of a value. Whoever reads by such a key gets a value of the type, or the mark; by a
 * key of the type itself the mark is a miss.
 *
 * @param type the type of all other values
 */
public record NullableType(Type type) implements Type {}
