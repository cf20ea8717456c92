package dev.cacheness.boot.actuate;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/** @param removed how many rows were removed */
public record RemovedRows(long removed) implements OperationResponseBody {}
