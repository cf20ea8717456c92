package dev.cacheness.boot.annotation;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Calls whose result is a publisher of Reactor's. They are made when somebody subscribes. */
final class ReactorCalls {

    private ReactorCalls() {}

    static boolean isPublisher(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (each.getName().equals("reactor.core.publisher.Mono")
                    || each.getName().equals("reactor.core.publisher.Flux")) {
                return true;
            }
        }
        return false;
    }

    static Object mono(CachedCallContext context, CachedOperation operation, Prepared prepared) {
        return Publishers.mono(context, operation, prepared);
    }

    static Object flux(CachedCallContext context, CachedOperation operation, Prepared prepared) {
        return Publishers.flux(context, operation, prepared);
    }

    /** Does something with the value of the publisher, null for none, when it has ended well. */
    static Object afterwards(Object publisher, Consumer<@Nullable Object> action) {
        return Publishers.afterwards(publisher, action);
    }

    /** Loaded only where Reactor is there. */
    private static final class Publishers {

        static Mono<Object> mono(CachedCallContext context, CachedOperation operation, Prepared prepared) {
            return Mono.deferContextual(view -> Mono.fromFuture(
                    () -> context.async(
                            operation,
                            prepared,
                            () -> ((Mono<?>) proceed(context))
                                    .contextWrite(view)
                                    .cast(Object.class)
                                    .toFuture()),
                    true));
        }

        static Flux<Object> flux(CachedCallContext context, CachedOperation operation, Prepared prepared) {
            return Mono.deferContextual(view -> Mono.fromFuture(
                            () -> context.async(
                                    operation,
                                    prepared,
                                    () -> ((Flux<?>) proceed(context))
                                            .contextWrite(view)
                                            .collectList()
                                            .cast(Object.class)
                                            .toFuture()),
                            true))
                    .flatMapIterable(list -> (List<?>) list);
        }

        static Object afterwards(Object publisher, Consumer<@Nullable Object> action) {
            if (publisher instanceof Mono<?> mono) {
                return mono.cast(Object.class)
                        .doOnNext(action)
                        .switchIfEmpty(Mono.fromRunnable(() -> action.accept(null)));
            }
            return ((Flux<?>) publisher).doOnComplete(() -> action.accept(null));
        }

        /** Each subscription is a call of its own. */
        private static Object proceed(CachedCallContext context) throws Throwable {
            Object publisher = context.load();
            if (publisher == null) {
                throw new NullPointerException(
                        "The method " + context.invocation().getMethod() + " returned null instead of a publisher");
            }
            return publisher;
        }
    }
}
