package dev.cacheness.storage;

/**
 * An artifact that was found by its custom metadata.
 *
 * @param metadata what is known about it
 * @param record what was put with it
 */
public record BlobMatch<R extends Record>(BlobMetadata metadata, R record) {}
