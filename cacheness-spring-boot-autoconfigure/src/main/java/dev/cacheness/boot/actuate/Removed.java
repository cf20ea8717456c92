package dev.cacheness.boot.actuate;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What a removal came to.
 *
 * @param removed how many entries there were
 */
public record Removed(int removed) implements OperationResponseBody {}
