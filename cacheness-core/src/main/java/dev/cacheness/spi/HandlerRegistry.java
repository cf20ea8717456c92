package dev.cacheness.spi;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheSerializationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * The handlers of a cache in the order in which they are asked. Values are written by the first handler that accepts them and read by the one whose
 * name is stored with them. Thread-safe; changes hold for later calls.
 */
public final class HandlerRegistry {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

    /** Handlers that take nearly everything and therefore come last. */
    private static final Set<String> CATCH_ALLS = Set.of("json", "object");

    private static final String BUILT_IN = "dev.cacheness.internal.";

    private final List<Handler<?>> handlers = new CopyOnWriteArrayList<>();

    /**
     * Adds a handler after the others, but before the built-in ones that take nearly everything, {@code json} and {@code object}.
     *
     * @throws CacheConfigurationException if the name is taken or not well-formed
     */
    public synchronized void register(Handler<?> handler) {
        int position = handlers.size();
        if (!CATCH_ALLS.contains(handler.name())) {
            while (position > 0
                    && CATCH_ALLS.contains(handlers.get(position - 1).name())) {
                position--;
            }
        }
        register(handler, position);
    }

    /**
     * Adds a handler at a position; 0 is asked first, and a position beyond the end is the end.
     *
     * @throws CacheConfigurationException if the name is taken or not well-formed, or if the position is negative
     */
    public synchronized void register(Handler<?> handler, int position) {
        String name = handler.name();
        if (!NAME.matcher(name).matches()) {
            throw new CacheConfigurationException(
                    "handler " + handler.getClass().getName(),
                    null,
                    "Its name is '" + name + "'.",
                    "Use 1 to 32 lower-case letters, digits or '-'.");
        }
        if (position < 0) {
            throw new CacheConfigurationException(
                    "handler " + name,
                    null,
                    "Its position is " + position + ".",
                    "Use 0 to be asked first, or a larger number.");
        }
        if (forName(name).isPresent()) {
            throw new CacheConfigurationException(
                    "handler " + name,
                    null,
                    "There is a handler of that name already.",
                    "Choose another name, or unregister the other one first.");
        }
        handlers.add(Math.min(position, handlers.size()), handler);
    }

    /**
     * Removes a handler. What it wrote becomes unreadable until a handler of that name is back.
     *
     * @return whether there was one
     */
    public synchronized boolean unregister(String name) {
        return handlers.removeIf(handler -> handler.name().equals(name));
    }

    /** The handlers in the order in which they are asked. */
    public List<Handler<?>> list() {
        return List.copyOf(handlers);
    }

    /** What there is to know of the handlers, in the order in which they are asked. */
    public List<HandlerDescription> describe() {
        List<Handler<?>> snapshot = list();
        List<HandlerDescription> descriptions = new ArrayList<>();
        for (int position = 0; position < snapshot.size(); position++) {
            Handler<?> handler = snapshot.get(position);
            String className = handler.getClass().getName();
            descriptions.add(new HandlerDescription(
                    handler.name(), position, handler.version(), className, className.startsWith(BUILT_IN)));
        }
        return List.copyOf(descriptions);
    }

    /** The names of the handlers in the order in which they are asked. */
    public List<String> names() {
        return handlers.stream().<String>map(Handler::name).toList();
    }

    /** The handler of a name, empty if there is none. */
    public Optional<Handler<?>> forName(String name) {
        for (Handler<?> handler : handlers) {
            if (handler.name().equals(name)) {
                return Optional.of(handler);
            }
        }
        return Optional.empty();
    }

    /**
     * The first handler that accepts the value.
     *
     * @throws CacheSerializationException if none does; names the class
     */
    @SuppressWarnings("unchecked")
    public <T> Handler<? super T> forValue(T value) {
        for (Handler<?> handler : handlers) {
            if (handler.accepts(value)) {
                return (Handler<? super T>) handler;
            }
        }
        throw new CacheSerializationException(
                "No handler takes a value of " + value.getClass().getName() + "; there are " + new ArrayList<>(names())
                        + ". Register a handler for it.");
    }
}
