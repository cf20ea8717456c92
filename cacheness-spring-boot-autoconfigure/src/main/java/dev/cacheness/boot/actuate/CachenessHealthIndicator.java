package dev.cacheness.boot.actuate;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up if the index answers and values can be written. An application works without its cache, only slower. */
public final class CachenessHealthIndicator extends AbstractHealthIndicator {

    /** Reads hide that the index is down; giving an entry that is not there another expiry does not, and changes nothing. */
    private static final CacheKey<Object> NO_ENTRY = CacheKey.ofDigest("0".repeat(32));

    private final Cacheness cacheness;

    private final @Nullable Path directory;

    /** @param directory where values are kept, null if they are not kept in a directory */
    public CachenessHealthIndicator(Cacheness cacheness, @Nullable Path directory) {
        super("The cache does not answer");
        this.cacheness = cacheness;
        this.directory = directory;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws IOException {
        if (directory != null && !Files.isWritable(directory)) {
            throw new IOException("The directory " + directory + " is not there or not writable");
        }
        cacheness.touch(NO_ENTRY);
        builder.up();
    }
}
