package dev.cacheness.engine;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.Durability;
import dev.cacheness.internal.store.ComposedStore;
import dev.cacheness.spi.BackendDescription;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobBackendProvider;
import dev.cacheness.spi.Codec;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerRegistry;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.MetadataBackendProvider;
import dev.cacheness.spi.Upcaster;
import dev.cacheness.storage.BlobStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Wires a store of artifacts, and holds its defaults. Not thread-safe; a builder opens one store.
 *
 * <p>{@link #build} refuses what makes no sense with a {@link CacheConfigurationException} that names the setting as the configuration property of the
 * Spring Boot starter does.
 *
 * <pre>{@code
 * try (BlobStore store = BlobStoreBuilder.at(Path.of("artifacts")).build()) {
 *     store.put("xgboost_v1", model, attribute("accuracy", 0.95));
 * }
 * }</pre>
 */
public final class BlobStoreBuilder {

    public static final String DEFAULT_CODEC = "lz4";

    public static final Durability DEFAULT_DURABILITY = Durability.POWER;

    private static final int MAX_KEPT_VERSIONS = 1_000_000;

    private final StoreAssembly store;

    private final HandlerAssembly handlers = new HandlerAssembly();

    private final List<Upcaster<?>> upcasters = new ArrayList<>();

    private String codec = DEFAULT_CODEC;

    private @Nullable Integer codecLevel;

    private boolean versions;

    private int keepVersions;

    private boolean contentAddressable;

    private BlobStoreBuilder(StoreAssembly store) {
        this.store = store;
        store.durability = DEFAULT_DURABILITY;
    }

    /** A store in a directory of its own, which is created if it is not there; may be moved while the store is closed. */
    public static BlobStoreBuilder at(Path directory) {
        return new BlobStoreBuilder(
                new StoreAssembly(Objects.requireNonNull(directory, "directory"), StoreKind.ARTIFACTS));
    }

    /** A store on the heap, gone when it is closed; touches no file. */
    public static BlobStoreBuilder inMemory() {
        return new BlobStoreBuilder(StoreAssembly.inMemory(StoreKind.ARTIFACTS));
    }

    /** The metadata backend by name; default {@value CachenessBuilder#DEFAULT_METADATA_BACKEND}. */
    public BlobStoreBuilder metadataBackend(String name) {
        store.metadata.use(Objects.requireNonNull(name, "name"));
        return this;
    }

    /** A metadata backend that is open already, and that nothing else stores entries in; the store closes it. */
    public BlobStoreBuilder metadataBackend(MetadataBackend backend) {
        store.metadata.use(Objects.requireNonNull(backend, "backend"));
        return this;
    }

    /**
     * Settings of the metadata backend's own; default none. On {@code postgresql} the {@code schema} is {@code cacheness_blobs} unless it is set: a cache that
     * shared it would evict artifacts.
     */
    public BlobStoreBuilder metadataOptions(Map<String, String> options) {
        store.metadata.options(options);
        return this;
    }

    /** Makes a metadata backend known; it wins over one of the same name that was found on the class path. */
    public BlobStoreBuilder register(MetadataBackendProvider provider) {
        store.metadata.register(Objects.requireNonNull(provider, "provider"));
        return this;
    }

    /** The metadata backends that can be chosen by name. */
    public List<BackendDescription> metadataBackends() {
        return store.metadataBackends();
    }

    /** The blob backend by name; default {@value CachenessBuilder#DEFAULT_BLOB_BACKEND}, or {@code memory} if the metadata are in memory. */
    public BlobStoreBuilder blobBackend(String name) {
        store.blobs.use(Objects.requireNonNull(name, "name"));
        return this;
    }

    /** A blob backend that is open already; the store closes it. */
    public BlobStoreBuilder blobBackend(BlobBackend backend) {
        store.blobs.use(Objects.requireNonNull(backend, "backend"));
        return this;
    }

    /** Settings of the blob backend's own; default none. */
    public BlobStoreBuilder blobOptions(Map<String, String> options) {
        store.blobs.options(options);
        return this;
    }

    /** Makes a blob backend known; it wins over one of the same name that was found on the class path. */
    public BlobStoreBuilder register(BlobBackendProvider provider) {
        store.blobs.register(Objects.requireNonNull(provider, "provider"));
        return this;
    }

    /** The blob backends that can be chosen by name. */
    public List<BackendDescription> blobBackends() {
        return store.blobBackends();
    }

    /** Adds a handler after the others, but before those that take nearly everything. */
    public BlobStoreBuilder handler(Handler<?> handler) {
        handlers.add(Objects.requireNonNull(handler, "handler"), null);
        return this;
    }

    /** Uses these handlers in place of the built-in ones. The store closes those that can be closed. */
    public BlobStoreBuilder handlers(HandlerRegistry registry) {
        handlers.use(Objects.requireNonNull(registry, "registry"));
        return this;
    }

    /** Reads values that were stored in a former shape of their class. */
    public BlobStoreBuilder upcaster(Upcaster<?> upcaster) {
        upcasters.add(Objects.requireNonNull(upcaster, "upcaster"));
        return this;
    }

    /** Packages, with all below them, whose classes the {@code object} handler may write and read; default none but safe JDK types. */
    public BlobStoreBuilder trustedPackages(Collection<String> packages) {
        handlers.trust(packages);
        return this;
    }

    /** Finds the classes of values; default the context class loader of the thread that builds. */
    public BlobStoreBuilder classLoader(ClassLoader classLoader) {
        store.classLoader(Objects.requireNonNull(classLoader, "classLoader"));
        return this;
    }

    /** Makes a codec known. */
    public BlobStoreBuilder register(Codec codec) {
        store.codecs.register(codec);
        return this;
    }

    /** The codec by name; default {@value #DEFAULT_CODEC}. Values that it does not make smaller are stored as they are. */
    public BlobStoreBuilder codec(String name) {
        this.codec = Objects.requireNonNull(name, "name");
        return this;
    }

    /** The level of the codec; default the codec's own. */
    public BlobStoreBuilder codecLevel(@Nullable Integer level) {
        this.codecLevel = level;
        return this;
    }

    /** Whether a put under a key that is there adds a version, instead of replacing the value; default false. Versions that are there are kept either way. */
    public BlobStoreBuilder versions(boolean versions) {
        this.versions = versions;
        return this;
    }

    /** How many versions of a key a put leaves, the new one included; default 0, all. Means something only with {@link #versions}. */
    public BlobStoreBuilder keepVersions(int newest) {
        this.keepVersions = newest;
        return this;
    }

    /** Whether the key of a value is the SHA-256 of its content, see {@link BlobStore#add}; default false. Goes without {@link #versions}. */
    public BlobStoreBuilder contentAddressable(boolean contentAddressable) {
        this.contentAddressable = contentAddressable;
        return this;
    }

    /** What an acknowledged write survives; default {@link Durability#POWER}. */
    public BlobStoreBuilder durability(Durability durability) {
        store.durability = Objects.requireNonNull(durability, "durability");
        return this;
    }

    /** The time; default the system's. */
    public BlobStoreBuilder clock(InstantSource clock) {
        store.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Opens the store.
     *
     * @throws CacheConfigurationException if a setting makes no sense, or if the directory holds a cache; nothing was changed then
     * @throws dev.cacheness.CacheException if a backend cannot be opened
     */
    public BlobStore build() {
        ArtifactSettings settings = settings();
        HandlerRegistry registry = handlers.assemble(store.classLoader(), codec, codecLevel);
        var known = new Upcasters(upcasters);
        var opened = new DefaultBlobStore(store.open(), registry, known, settings, store.clock);
        opened.start();
        return opened;
    }

    /** The store, with nothing at work in it. */
    TransferEnd openForTransfer() {
        ArtifactSettings settings = settings();
        HandlerRegistry registry = handlers.assemble(store.classLoader(), codec, codecLevel);
        ComposedStore opened = store.open();
        return new TransferEnd(
                opened, TransferEnd.settings(settings, registry), store.clock, StoreKind.ARTIFACTS, opened::close);
    }

    private ArtifactSettings settings() {
        Codec chosen;
        int level;
        try {
            chosen = store.codecs.require(codec);
            level = store.codecs.requireLevel(chosen, codecLevel);
        } catch (CacheConfigurationException ex) {
            throw named(ex);
        }
        SettingChecks.range(
                StoreKind.ARTIFACTS.properties() + "keep-versions", keepVersions, 0, MAX_KEPT_VERSIONS, "versions");
        if (contentAddressable && versions) {
            throw new CacheConfigurationException(
                    StoreKind.ARTIFACTS.properties() + "versions",
                    "true",
                    "Content that is its own key never has another version.",
                    "Leave out " + StoreKind.ARTIFACTS.properties() + "versions or " + StoreKind.ARTIFACTS.properties()
                            + "content-addressable.");
        }
        return new ArtifactSettings(
                chosen,
                level,
                CachenessBuilder.DEFAULT_COMPRESSION_THRESHOLD_BYTES,
                CachenessBuilder.DEFAULT_INLINE_THRESHOLD_BYTES,
                store.durability,
                versions,
                keepVersions,
                contentAddressable);
    }

    /** Those who look for codecs call the property as that of a cache is called. */
    private static CacheConfigurationException named(CacheConfigurationException ex) {
        String property = ex.property().replace(StoreKind.CACHE.properties(), StoreKind.ARTIFACTS.properties());
        return new CacheConfigurationException(property, ex.value(), ex.problem(), ex.action());
    }
}
