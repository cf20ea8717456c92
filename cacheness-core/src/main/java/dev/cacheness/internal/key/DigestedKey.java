package dev.cacheness.internal.key;

/**
 * What the stores know of a key.
 *
 * @param digest 32 lower-case hexadecimal characters
 * @param namespace the namespace of the key, empty for none
 */
public record DigestedKey(String digest, String namespace) {}
