package dev.cacheness.spi;

/**
 * Remembers in an index where its blobs are. A {@link MetadataBackend} that can be used from several places gives it by {@link MetadataBackend#unwrap}, so that
 * two caches with one index and blobs in two places are found out. Thread-safe.
 */
public interface BlobHome {

    /**
     * Names the place where somebody is about to keep blobs. It becomes that of the index if none was named before, or if no row names a blob.
     *
     * @param place see {@link BlobBackend#place}
     * @return the place that holds for the index, which is another one if its blobs are elsewhere
     * @throws dev.cacheness.CacheMetadataException if the index cannot be reached
     */
    String settle(String place);
}
