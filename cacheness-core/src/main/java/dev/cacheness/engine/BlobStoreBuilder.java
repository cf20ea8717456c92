package dev.cacheness.engine;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.Durability;
import dev.cacheness.internal.store.ComposedStore;
import dev.cacheness.spi.Codec;
import dev.cacheness.spi.HandlerRegistry;
import dev.cacheness.storage.BlobStore;
import java.nio.file.Path;
import java.util.Objects;

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
public final class BlobStoreBuilder extends StoreBuilder<BlobStoreBuilder> {

    public static final String DEFAULT_CODEC = "lz4";

    public static final Durability DEFAULT_DURABILITY = Durability.POWER;

    private static final int MAX_KEPT_VERSIONS = 1_000_000;

    private boolean versions;

    private int keepVersions;

    private boolean contentAddressable;

    private BlobStoreBuilder(StoreAssembly store) {
        super(store, DEFAULT_CODEC, DEFAULT_DURABILITY);
    }

    @Override
    BlobStoreBuilder self() {
        return this;
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
