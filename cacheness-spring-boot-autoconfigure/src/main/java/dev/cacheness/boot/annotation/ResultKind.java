package dev.cacheness.boot.annotation;

import dev.cacheness.spi.NullableType;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import org.springframework.core.ResolvableType;

/** How a method gives its result. */
enum ResultKind {
    PLAIN,
    OPTIONAL,
    STAGE,
    MONO,
    FLUX,
    /** A map with an entry for each element of an argument. */
    EACH;

    private static final String MONO_CLASS = "reactor.core.publisher.Mono";

    private static final String FLUX_CLASS = "reactor.core.publisher.Flux";

    private static final String PUBLISHER_CLASS = "org.reactivestreams.Publisher";

    private static final List<Class<?>> USED_UP =
            List.of(BaseStream.class, Iterator.class, InputStream.class, Reader.class);

    /** @throws CachedMethodException if there is nothing that could be cached */
    static ResultKind of(Method method, boolean each) {
        Class<?> type = method.getReturnType();
        if (each) {
            if (type != Map.class) {
                throw new CachedMethodException(
                        method,
                        "It has a parameter with @CacheEach, but returns a " + type.getTypeName() + ".",
                        "Let it return a java.util.Map from the elements to their values.",
                        null);
            }
            return EACH;
        }
        if (type == void.class || type == Void.class) {
            throw new CachedMethodException(
                    method, "It returns nothing, so there is nothing to cache.", "Remove the annotation.", null);
        }
        if (type == CompletionStage.class || type == CompletableFuture.class) {
            return STAGE;
        }
        if (type.getName().equals(MONO_CLASS)) {
            return MONO;
        }
        if (type.getName().equals(FLUX_CLASS)) {
            return FLUX;
        }
        if (Future.class.isAssignableFrom(type)
                || CompletionStage.class.isAssignableFrom(type)
                || isPublisher(type)
                || USED_UP.stream().anyMatch(used -> used.isAssignableFrom(type))) {
            throw new CachedMethodException(
                    method,
                    "It returns a " + type.getTypeName() + ", which cannot be read again after it was stored.",
                    "Return the value, a collection, a CompletableFuture, a Mono or a Flux.",
                    null);
        }
        return type == Optional.class ? OPTIONAL : PLAIN;
    }

    private static boolean isPublisher(Class<?> type) {
        if (type.getName().equals(PUBLISHER_CLASS)) {
            return true;
        }
        for (Class<?> parent : type.getInterfaces()) {
            if (isPublisher(parent)) {
                return true;
            }
        }
        return type.getSuperclass() != null && isPublisher(type.getSuperclass());
    }

    /** The type under which results are stored. */
    Type valueType(Method method, Class<?> beanClass) {
        ResolvableType type = ResolvableType.forMethodReturnType(method, beanClass);
        return switch (this) {
            // What is null cannot be returned by such a method, so that it must not be found.
            case PLAIN -> method.getReturnType().isPrimitive() ? method.getReturnType() : nullable(type);
            case OPTIONAL, STAGE, MONO -> nullable(type.getGeneric(0));
            case FLUX -> nullable(ResolvableType.forClassWithGenerics(List.class, type.getGeneric(0)));
            case EACH -> nullable(type.getGeneric(1));
        };
    }

    private static Type nullable(ResolvableType type) {
        return new NullableType(type == ResolvableType.NONE ? Object.class : type.getType());
    }
}
