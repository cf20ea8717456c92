package dev.cacheness;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A generic type that can be passed on, written as an anonymous subclass: {@code new TypeRef<List<Row>>() {}}. Immutable.
 *
 * @param <T> the type
 */
public abstract class TypeRef<T> {

    private final Type type;

    /** @throws IllegalStateException if no type argument is given */
    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parent)
                || parent.getRawType() != TypeRef.class) {
            throw new IllegalStateException("Write the type as an argument: new TypeRef<List<String>>() {}");
        }
        this.type = parent.getActualTypeArguments()[0];
    }

    /** The type that stands for {@code T}. */
    public final Type type() {
        return type;
    }
}
