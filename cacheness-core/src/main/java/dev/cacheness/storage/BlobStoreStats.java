package dev.cacheness.storage;

/**
 * What a store holds.
 *
 * @param blobs values, every version of a key counted
 * @param sizeBytes their size as stored
 * @param metadataBackend the name of the metadata backend
 * @param blobBackend the name of the blob backend
 */
public record BlobStoreStats(long blobs, long sizeBytes, String metadataBackend, String blobBackend) {}
