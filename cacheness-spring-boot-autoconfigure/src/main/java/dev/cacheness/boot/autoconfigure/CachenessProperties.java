package dev.cacheness.boot.autoconfigure;

import dev.cacheness.Durability;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.engine.MemoryLayerSettings;
import dev.cacheness.engine.MemoryPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * The settings of the cache. Values that make no sense are refused when the cache is built, so that one place knows what is allowed.
 *
 * @param enabled Whether the cache, and all that belongs to it, is there.
 * @param defaultTtl How long entries live that say nothing themselves; a number without a unit counts hours. Entries do not expire if this is empty.
 * @param readTimeout How long a caller waits for the index or the blobs until what it looks for is a miss; a number without a unit counts seconds.
 * @param storage Where values are kept, and how many.
 * @param metadata The index of the entries.
 * @param blob Where values are kept that are too large for the index.
 * @param compression How values are made smaller.
 * @param keys What may be a key.
 * @param handlers How values become bytes.
 * @param caches Settings of single caches, by the name of the cache or by the namespace of the keys; a name with * stands for many.
 * @param springCache What becomes of Spring's own cache abstraction.
 */
@ConfigurationProperties("cacheness")
public record CachenessProperties(
        @DefaultValue("true") boolean enabled,
        @DurationUnit(ChronoUnit.HOURS) @Nullable Duration defaultTtl,

        @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("2s")
        Duration readTimeout,

        @DefaultValue Storage storage,
        @DefaultValue Metadata metadata,
        @DefaultValue Blob blob,
        @DefaultValue Compression compression,
        @DefaultValue Keys keys,
        @DefaultValue Handlers handlers,
        @DefaultValue Map<String, CachePolicyProperties> caches,
        @DefaultValue SpringCache springCache) {

    /**
     * Where values are kept, and how many.
     *
     * @param dir Directory of the cache. It is made if it is not there, and must otherwise be empty or a cache's.
     * @param maxSize How many bytes all entries may take together as stored. The least recently used ones make room.
     * @param cleanupOnInit Whether expired entries are removed when the application starts instead of with the first sweep.
     * @param durability What a write survives: the death of the process, or a loss of power too.
     * @param inlineThreshold Values up to this size as stored are kept in the index, larger ones as blobs.
     */
    public record Storage(
            @DefaultValue("cache") Path dir,
            @DefaultValue("10000MB") DataSize maxSize,
            @DefaultValue("false") boolean cleanupOnInit,
            @DefaultValue("process") Durability durability,
            @DefaultValue("64KB") DataSize inlineThreshold) {}

    /**
     * The index of the entries.
     *
     * @param backend Name of the metadata backend, built-in or registered.
     * @param url Address of the database that the backend postgresql uses.
     * @param username User of that database.
     * @param password Password of that user.
     * @param datasource Name of the DataSource bean that the backend postgresql uses instead of an address, or primary for the application's own.
     * @param options Further settings of the metadata backend, as it names them.
     * @param storeKeyParams Whether the parameters of keys are kept for people to read, shortened and with secrets masked.
     * @param verifyIntegrity Whether stored bytes are compared with their checksum on every read.
     * @param memory A layer on the heap in front of the index.
     */
    public record Metadata(
            @DefaultValue(CachenessBuilder.DEFAULT_METADATA_BACKEND)
            String backend,

            @Nullable String url,
            @Nullable String username,
            @Nullable String password,
            @Nullable String datasource,
            @DefaultValue Map<String, String> options,
            @DefaultValue("true") boolean storeKeyParams,
            @DefaultValue("true") boolean verifyIntegrity,
            @DefaultValue Memory memory) {

        /** Leaves out what may be secret. */
        @Override
        public String toString() {
            return "Metadata[backend=" + backend + ", options=" + options.keySet() + "]";
        }
    }

    /**
     * A layer on the heap in front of the index.
     *
     * @param enabled Whether rows of the index that are read often are kept on the heap, with the values in them.
     * @param type Which row leaves the layer when it is full. The type tinylfu needs the library Caffeine.
     * @param maxEntries How many rows the layer holds.
     * @param ttl How long a row is served before the index is asked again; a number without a unit counts seconds.
     * @param stats Whether hits and misses of the layer are counted.
     */
    public record Memory(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("lru") MemoryPolicy type,

            @DefaultValue("" + MemoryLayerSettings.DEFAULT_MAX_ENTRIES)
            int maxEntries,

            @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("5m")
            Duration ttl,

            @DefaultValue("false") boolean stats) {}

    /**
     * Where values are kept that are too large for the index.
     *
     * @param backend Name of the blob backend, built-in or registered. If this is empty: memory where the index is in memory, otherwise filesystem.
     * @param options Further settings of the blob backend, as it names them.
     */
    public record Blob(
            @Nullable String backend, @DefaultValue Map<String, String> options) {

        /** Leaves out the options, which may be secret. */
        @Override
        public String toString() {
            return "Blob[backend=" + backend + ", options=" + options.keySet() + "]";
        }
    }

    /**
     * How values are made smaller.
     *
     * @param codec Name of the codec, built-in or registered.
     * @param level Level of compression, within the range of the codec. The codec chooses if this is empty.
     * @param minSize Values below this size are stored as they are.
     */
    public record Compression(
            @DefaultValue(CachenessBuilder.DEFAULT_CODEC) String codec,
            @Nullable Integer level,
            @DefaultValue("1KB") DataSize minSize) {}

    /**
     * What may be a key.
     *
     * @param maxDepth How deep collections and records in a key may be nested.
     * @param introspectObjects Whether objects of other classes may be part of a key, by their fields.
     * @param hashPathContent Whether a path in a key counts by the content of its file or directory instead of by its name.
     */
    public record Keys(
            @DefaultValue("" + CachenessBuilder.DEFAULT_KEY_MAX_DEPTH)
            int maxDepth,

            @DefaultValue("true") boolean introspectObjects,
            @DefaultValue("true") boolean hashPathContent) {}

    /**
     * How values become bytes.
     *
     * @param order Names of handlers that are asked first, in this order; the others follow in their own. All keep their order if this is empty.
     * @param disabled Names of handlers that are left out.
     * @param trustedPackages Packages, with all below them, whose classes the object handler may store and restore. The application's own if this is empty.
     */
    public record Handlers(
            @DefaultValue List<String> order,
            @DefaultValue List<String> disabled,
            @DefaultValue List<String> trustedPackages) {}

    /**
     * What becomes of Spring's own cache abstraction.
     *
     * @param mode Whether cached methods are kept here by default, only when they name the manager cachenessCacheManager, or never.
     * @param allowNullValues Whether caches keep the null of a cached method.
     * @param transactionAware Whether writes wait for the commit of the transaction that they are made in. Needs the library spring-context-support.
     */
    public record SpringCache(
            @DefaultValue("primary") Mode mode,
            @DefaultValue("true") boolean allowNullValues,
            @DefaultValue("false") boolean transactionAware) {}

    /** How far Spring's cache abstraction is taken over. */
    public enum Mode {

        /** The cache manager of the application, unless it has one of its own or sets {@code spring.cache.type}. */
        PRIMARY,

        /** A cache manager beside the application's, named {@code cachenessCacheManager}. */
        SECONDARY,

        /** No cache manager. */
        OFF
    }
}
