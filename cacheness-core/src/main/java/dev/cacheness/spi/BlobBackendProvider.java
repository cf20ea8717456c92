package dev.cacheness.spi;

import java.util.List;

/** Opens blob backends of one kind. Registered as a service, with the builder, or as a bean. */
public interface BlobBackendProvider {

    /** What {@code cacheness.blob.backend} says to choose it. */
    String name();

    /** One sentence for people. */
    default String description() {
        return name();
    }

    /** Maven coordinates ({@code group:artifact}) of what must be on the class path beside this provider. */
    default List<String> requiredArtifacts() {
        return List.of();
    }

    /** Whether every blob is gone when the backend closes. */
    default boolean inMemory() {
        return false;
    }

    /**
     * Opens a backend.
     *
     * @throws dev.cacheness.CacheConfigurationException if an option makes no sense
     * @throws dev.cacheness.CacheStorageException if it cannot be opened; what was there is left as it was
     */
    BlobBackend open(BackendSettings settings);
}
