package dev.cacheness.boot.autoconfigure;

import dev.cacheness.engine.BlobStoreBuilder;

/** Changes how the store of artifacts is built, after the properties and before it is opened. Beans of this type are called in their order. */
@FunctionalInterface
public interface BlobStoreCustomizer {

    /** Changes the builder. */
    void customize(BlobStoreBuilder builder);
}
