package dev.cacheness.boot.actuate;

import dev.cacheness.CacheStats;
import dev.cacheness.Cacheness;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** Says what the cache is made of and how full it is. */
public final class CachenessInfoContributor implements InfoContributor {

    private final Cacheness cacheness;

    public CachenessInfoContributor(Cacheness cacheness) {
        this.cacheness = cacheness;
    }

    @Override
    public void contribute(Info.Builder builder) {
        CacheStats stats = cacheness.stats();
        builder.withDetail(
                "cacheness",
                Map.of(
                        "metadataBackend", stats.metadataBackend(),
                        "blobBackend", stats.blobBackend(),
                        "entries", stats.entries(),
                        "sizeBytes", stats.sizeBytes()));
    }
}
