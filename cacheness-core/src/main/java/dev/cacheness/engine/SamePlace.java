package dev.cacheness.engine;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobHome;
import dev.cacheness.spi.MetadataBackend;

/** Refuses blobs that are not those of the index: whoever reads a row would miss its blob, and take the row for damaged. */
final class SamePlace {

    private SamePlace() {}

    /** @param property the one that chooses the blob backend */
    static void check(MetadataBackend index, BlobBackend blobs, String property) {
        index.unwrap(BlobHome.class)
                .ifPresent(home -> blobs.place().ifPresent(place -> {
                    String held = home.settle(place);
                    if (!held.equals(place)) {
                        blobs.close();
                        throw new CacheConfigurationException(
                                property,
                                blobs.name(),
                                "The index on " + index.name() + " has its blobs in another place (" + held
                                        + "), not where this cache keeps its own (" + place + ").",
                                "Use the same directory or bucket on all nodes, or a schema of its own for this cache.");
                    }
                }));
    }
}
