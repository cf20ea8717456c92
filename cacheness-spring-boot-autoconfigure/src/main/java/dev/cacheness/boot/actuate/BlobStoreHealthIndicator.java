package dev.cacheness.boot.actuate;

import dev.cacheness.storage.BlobStore;
import dev.cacheness.storage.BlobStoreStats;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up if the index of the store of artifacts answers; tells how much there is. */
public final class BlobStoreHealthIndicator extends AbstractHealthIndicator {

    private final BlobStore store;

    public BlobStoreHealthIndicator(BlobStore store) {
        super("The store of artifacts does not answer");
        this.store = store;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        BlobStoreStats stats = store.stats();
        builder.up().withDetail("blobs", stats.blobs()).withDetail("sizeBytes", stats.sizeBytes());
    }
}
