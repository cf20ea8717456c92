package dev.cacheness.spi;

/**
 * A handler as it is registered.
 *
 * @param name its name
 * @param position its place in the order in which handlers are asked, from 0 on
 * @param version the version of its format
 * @param className its class
 * @param builtIn whether it came with the cache
 */
public record HandlerDescription(String name, int position, int version, String className, boolean builtIn) {}
