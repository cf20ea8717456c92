package dev.cacheness.boot.actuate;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.sql.SqlCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up if the index answers and values can be written. An application works without its cache, only slower. */
public final class CachenessHealthIndicator extends AbstractHealthIndicator {

    /** Reads hide that the index is down; giving an entry that is not there another expiry does not, and changes nothing. */
    private static final CacheKey<Object> NO_ENTRY = CacheKey.ofDigest("0".repeat(32));

    private final Cacheness cacheness;

    private final @Nullable Path directory;

    private final Collection<? extends SqlCache<?>> sqlCaches;

    /**
     * @param directory where values are kept, null if they are not kept in a directory
     * @param sqlCaches the SQL caches, whose databases must answer
     */
    public CachenessHealthIndicator(
            Cacheness cacheness, @Nullable Path directory, Collection<? extends SqlCache<?>> sqlCaches) {
        super("The cache does not answer");
        this.cacheness = cacheness;
        this.directory = directory;
        this.sqlCaches = List.copyOf(sqlCaches);
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws IOException {
        if (directory != null && !Files.isWritable(directory)) {
            throw new IOException("The directory " + directory + " is not there or not writable");
        }
        cacheness.touch(NO_ENTRY);
        sqlCaches.forEach(SqlCache::ping);
        builder.up();
    }
}
