package dev.cacheness.internal.key.other;

/** Has the name and the components of a record of the tests in another package. */
public record Place(String name) {}
