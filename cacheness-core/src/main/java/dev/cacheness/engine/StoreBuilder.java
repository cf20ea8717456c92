package dev.cacheness.engine;

import dev.cacheness.Durability;
import dev.cacheness.spi.BackendDescription;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobBackendProvider;
import dev.cacheness.spi.Codec;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerRegistry;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.MetadataBackendProvider;
import dev.cacheness.spi.Upcaster;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the builders of caches and of stores of artifacts have in common: where entries are kept, and how values become bytes. Not thread-safe.
 *
 * @param <B> the builder
 */
public abstract sealed class StoreBuilder<B extends StoreBuilder<B>> permits CachenessBuilder, BlobStoreBuilder {

    final StoreAssembly store;

    final HandlerAssembly handlers = new HandlerAssembly();

    final List<Upcaster<?>> upcasters = new ArrayList<>();

    String codec;

    @Nullable
    Integer codecLevel;

    StoreBuilder(StoreAssembly store, String codec, Durability durability) {
        this.store = store;
        this.codec = codec;
        store.durability = durability;
    }

    abstract B self();

    /** The metadata backend by name; default {@value CachenessBuilder#DEFAULT_METADATA_BACKEND}. */
    public B metadataBackend(String name) {
        store.metadata.use(Objects.requireNonNull(name, "name"));
        return self();
    }

    /** A metadata backend that is open already; what is built closes it. */
    public B metadataBackend(MetadataBackend backend) {
        store.metadata.use(Objects.requireNonNull(backend, "backend"));
        return self();
    }

    /**
     * Settings of the metadata backend's own; default none. For artifacts on {@code postgresql} the {@code schema} is {@code cacheness_blobs} unless it is set: a
     * cache that shared it would evict artifacts.
     */
    public B metadataOptions(Map<String, String> options) {
        store.metadata.options(options);
        return self();
    }

    /** Makes a metadata backend known; it wins over one of the same name that was found on the class path. */
    public B register(MetadataBackendProvider provider) {
        store.metadata.register(Objects.requireNonNull(provider, "provider"));
        return self();
    }

    /** The metadata backends that can be chosen by name. */
    public List<BackendDescription> metadataBackends() {
        return store.metadataBackends();
    }

    /** The blob backend by name; default {@value CachenessBuilder#DEFAULT_BLOB_BACKEND}, or {@code memory} if the metadata are in memory. */
    public B blobBackend(String name) {
        store.blobs.use(Objects.requireNonNull(name, "name"));
        return self();
    }

    /** A blob backend that is open already; what is built closes it. */
    public B blobBackend(BlobBackend backend) {
        store.blobs.use(Objects.requireNonNull(backend, "backend"));
        return self();
    }

    /** Settings of the blob backend's own; default none. */
    public B blobOptions(Map<String, String> options) {
        store.blobs.options(options);
        return self();
    }

    /** Makes a blob backend known; it wins over one of the same name that was found on the class path. */
    public B register(BlobBackendProvider provider) {
        store.blobs.register(Objects.requireNonNull(provider, "provider"));
        return self();
    }

    /** The blob backends that can be chosen by name. */
    public List<BackendDescription> blobBackends() {
        return store.blobBackends();
    }

    /** Adds a handler after the others, but before those that take nearly everything. */
    public B handler(Handler<?> handler) {
        handlers.add(Objects.requireNonNull(handler, "handler"), null);
        return self();
    }

    /** Uses these handlers in place of the built-in ones. What is built closes those that can be closed. */
    public B handlers(HandlerRegistry registry) {
        handlers.use(Objects.requireNonNull(registry, "registry"));
        return self();
    }

    /** Packages, with all below them, whose classes the {@code object} handler may write and read; default none but safe JDK types. */
    public B trustedPackages(Collection<String> packages) {
        handlers.trust(packages);
        return self();
    }

    /** Makes values out of what was stored before their class changed; default none. Two for one former type are refused. */
    public B upcaster(Upcaster<?> upcaster) {
        upcasters.add(Objects.requireNonNull(upcaster, "upcaster"));
        return self();
    }

    /** Finds the classes of values; default the context class loader of the thread that builds. */
    public B classLoader(ClassLoader classLoader) {
        store.classLoader(Objects.requireNonNull(classLoader, "classLoader"));
        return self();
    }

    /** Makes a codec known. */
    public B register(Codec codec) {
        store.codecs.register(codec);
        return self();
    }

    /** The codec by name; default {@value CachenessBuilder#DEFAULT_CODEC} for caches, {@value BlobStoreBuilder#DEFAULT_CODEC} for artifacts. Values that it does not make smaller are stored as they are. */
    public B codec(String name) {
        this.codec = Objects.requireNonNull(name, "name");
        return self();
    }

    /** The level of the codec; default the codec's own. */
    public B codecLevel(@Nullable Integer level) {
        this.codecLevel = level;
        return self();
    }

    /** What an acknowledged write survives; default {@link Durability#PROCESS} for caches, {@link Durability#POWER} for artifacts. */
    public B durability(Durability durability) {
        store.durability = Objects.requireNonNull(durability, "durability");
        return self();
    }

    /** The time; default the system's. */
    public B clock(InstantSource clock) {
        store.clock = Objects.requireNonNull(clock, "clock");
        return self();
    }
}
