package dev.cacheness.sample.models;

import dev.cacheness.storage.BlobMetadata;
import java.time.Instant;

/** What is known about a stored model. */
record StoredModel(String key, int days, double rSquared, Instant createdAt) {

    static StoredModel of(BlobMetadata metadata) {
        return new StoredModel(
                metadata.key(),
                ((Number) metadata.attributes().getOrDefault(ModelService.DAYS, 0)).intValue(),
                ((Number) metadata.attributes().getOrDefault(ModelService.R_SQUARED, 0.0)).doubleValue(),
                metadata.createdAt());
    }
}
