package dev.cacheness.spi;

/** Makes a handler that needs to know something of the cache it serves. Registered as a service. */
public interface HandlerProvider {

    /** The name of the handler. */
    String name();

    /** A handler for one cache; closed with it if it is {@link AutoCloseable}. */
    Handler<?> create(HandlerSettings settings);
}
