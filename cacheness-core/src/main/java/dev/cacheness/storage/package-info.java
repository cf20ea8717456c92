/** Artifacts by name, without expiry and without eviction. A store is opened by {@code dev.cacheness.engine.BlobStoreBuilder}. */
@NullMarked
package dev.cacheness.storage;

import org.jspecify.annotations.NullMarked;
