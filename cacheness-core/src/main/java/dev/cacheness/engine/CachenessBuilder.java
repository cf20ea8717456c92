package dev.cacheness.engine;

import dev.cacheness.Cacheness;
import dev.cacheness.Durability;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobBackendProvider;
import dev.cacheness.spi.Codec;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerRegistry;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.MetadataBackendProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Wires a cache. The only place that holds defaults. Not thread-safe; a builder opens one cache.
 *
 * <p>Each setting that makes no sense is refused by {@link #build} with a {@link dev.cacheness.CacheConfigurationException} that names it as the
 * configuration property of the Spring Boot starter does.
 */
public final class CachenessBuilder {

    public static final Path DEFAULT_DIRECTORY = Path.of("cache");
    public static final String DEFAULT_METADATA_BACKEND = "sqlite";
    public static final String DEFAULT_BLOB_BACKEND = "filesystem";
    public static final long DEFAULT_MAX_SIZE_BYTES = 10_000L * 1024 * 1024;
    public static final String DEFAULT_CODEC = "zstd";
    public static final int DEFAULT_CODEC_LEVEL = 3;
    public static final int DEFAULT_COMPRESSION_THRESHOLD_BYTES = 1024;
    public static final int DEFAULT_INLINE_THRESHOLD_BYTES = 16 * 1024;
    public static final int DEFAULT_KEY_MAX_DEPTH = 10;

    private CachenessBuilder() {}

    public static CachenessBuilder at(Path directory) {
        throw new IllegalStateException();
    }

    public static CachenessBuilder inMemory() {
        throw new IllegalStateException();
    }

    public CachenessBuilder metadataBackend(String name) {
        return this;
    }

    public CachenessBuilder metadataBackend(MetadataBackend backend) {
        return this;
    }

    public CachenessBuilder metadataOptions(Map<String, String> options) {
        return this;
    }

    public CachenessBuilder register(MetadataBackendProvider provider) {
        return this;
    }

    public CachenessBuilder blobBackend(String name) {
        return this;
    }

    public CachenessBuilder blobBackend(BlobBackend backend) {
        return this;
    }

    public CachenessBuilder blobOptions(Map<String, String> options) {
        return this;
    }

    public CachenessBuilder register(BlobBackendProvider provider) {
        return this;
    }

    public CachenessBuilder handler(Handler<?> handler) {
        return this;
    }

    public CachenessBuilder handler(Handler<?> handler, int position) {
        return this;
    }

    public CachenessBuilder handlers(HandlerRegistry registry) {
        return this;
    }

    public CachenessBuilder handlerOrder(List<String> names) {
        return this;
    }

    public CachenessBuilder trustedPackages(Collection<String> packages) {
        return this;
    }

    public CachenessBuilder classLoader(ClassLoader classLoader) {
        return this;
    }

    public CachenessBuilder register(Codec codec) {
        return this;
    }

    public CachenessBuilder codec(String name) {
        return this;
    }

    public CachenessBuilder codecLevel(@Nullable Integer level) {
        return this;
    }

    public CachenessBuilder compressionThreshold(int bytes) {
        return this;
    }

    public CachenessBuilder inlineThreshold(int bytes) {
        return this;
    }

    public CachenessBuilder defaultTtl(@Nullable Duration ttl) {
        return this;
    }

    public CachenessBuilder policy(String namespace, CachePolicy policy) {
        return this;
    }

    public CachenessBuilder maxSize(long bytes) {
        return this;
    }

    public CachenessBuilder cleanUpOnInit(boolean cleanUp) {
        return this;
    }

    public CachenessBuilder durability(Durability durability) {
        return this;
    }

    public CachenessBuilder storeKeyParameters(boolean store) {
        return this;
    }

    public CachenessBuilder verifyIntegrity(boolean verify) {
        return this;
    }

    public CachenessBuilder keyMaxDepth(int depth) {
        return this;
    }

    public CachenessBuilder introspectObjects(boolean introspect) {
        return this;
    }

    public CachenessBuilder hashPathContent(boolean hash) {
        return this;
    }

    public CachenessBuilder clock(InstantSource clock) {
        return this;
    }

    public Cacheness build() {
        throw new IllegalStateException();
    }
}
