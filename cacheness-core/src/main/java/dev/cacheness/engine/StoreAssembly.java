package dev.cacheness.engine;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.Durability;
import dev.cacheness.internal.codec.CodecRegistry;
import dev.cacheness.internal.store.ComposedStore;
import dev.cacheness.spi.BackendDescription;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobBackendProvider;
import dev.cacheness.spi.BlobIntents;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.MetadataBackendProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Of what index, blobs and codecs a store is to be made, and the store made of them. Fields hold the defaults. Not thread-safe. */
final class StoreAssembly {

    private static final String MEMORY = "memory";

    /** Nobody computes an artifact anew because the index is slow. */
    private static final Duration ARTIFACTS_READ_TIMEOUT = Duration.ofSeconds(8);

    final Path directory;

    final BackendChoice<MetadataBackend, MetadataBackendProvider> metadata;

    final BackendChoice<BlobBackend, BlobBackendProvider> blobs;

    final CodecRegistry codecs = new CodecRegistry();

    @Nullable
    MemoryLayerSettings memoryLayer;

    Predicate<String> keptInMemory = namespace -> true;

    Durability durability = CachenessBuilder.DEFAULT_DURABILITY;

    /** A name whose entries are to survive more than the others do, null if there is none. */
    @Nullable
    String lasting;

    boolean verifyIntegrity = true;

    Duration readTimeout;

    InstantSource clock = InstantSource.system();

    private @Nullable ClassLoader classLoader;

    private final StoreKind kind;

    StoreAssembly(Path directory, StoreKind kind) {
        this.directory = directory;
        this.kind = kind;
        this.readTimeout = kind == StoreKind.CACHE ? BackendSettings.DEFAULT_READ_TIMEOUT : ARTIFACTS_READ_TIMEOUT;
        this.metadata = new BackendChoice<>(
                kind.properties() + "metadata.backend", MetadataBackendProvider.class, MetadataBackendProvider::name);
        this.blobs = new BackendChoice<>(
                kind.properties() + "blob.backend", BlobBackendProvider.class, BlobBackendProvider::name);
    }

    /** Everything on the heap. */
    static StoreAssembly inMemory(StoreKind kind) {
        var assembly = new StoreAssembly(CachenessBuilder.DEFAULT_DIRECTORY, kind);
        assembly.metadata.use(MEMORY);
        return assembly;
    }

    void classLoader(ClassLoader classLoader) {
        this.classLoader = classLoader;
    }

    /** The class loader to find providers and classes of values with. */
    ClassLoader classLoader() {
        if (classLoader != null) {
            return classLoader;
        }
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : StoreAssembly.class.getClassLoader();
    }

    List<BackendDescription> metadataBackends() {
        return metadata.describe(
                provider ->
                        new BackendDescription(provider.name(), provider.description(), provider.requiredArtifacts()),
                classLoader());
    }

    List<BackendDescription> blobBackends() {
        return blobs.describe(
                provider ->
                        new BackendDescription(provider.name(), provider.description(), provider.requiredArtifacts()),
                classLoader());
    }

    /**
     * Opens the store.
     *
     * @throws CacheConfigurationException if the choices make no sense; nothing was changed then
     * @throws dev.cacheness.CacheException if a backend cannot be opened
     */
    ComposedStore open() {
        MetadataBackendProvider metadataProvider =
                metadata.provider(CachenessBuilder.DEFAULT_METADATA_BACKEND, classLoader());
        boolean metadataInMemory = metadataProvider != null && metadataProvider.inMemory();
        BlobBackendProvider blobProvider =
                blobs.provider(metadataInMemory ? MEMORY : CachenessBuilder.DEFAULT_BLOB_BACKEND, classLoader());
        boolean blobsInMemory = blobProvider != null && blobProvider.inMemory();
        if (blobsInMemory && !metadataInMemory) {
            throw new CacheConfigurationException(
                    kind.properties() + "blob.backend",
                    MEMORY,
                    "Blobs in memory are gone after a restart while the metadata still refer to them.",
                    "Use " + CachenessBuilder.DEFAULT_BLOB_BACKEND + ", or set " + kind.properties()
                            + "metadata.backend=" + MEMORY + ", too.");
        }
        if ((metadataProvider != null && !metadataInMemory) || (blobProvider != null && !blobsInMemory)) {
            CacheDirectory.prepare(directory, kind);
        }
        return open(metadataProvider, blobProvider);
    }

    private ComposedStore open(
            @Nullable MetadataBackendProvider metadataProvider, @Nullable BlobBackendProvider blobProvider) {
        MetadataBackend durable = metadataProvider != null
                ? metadataProvider.open(new BackendSettings(
                        directory,
                        durability,
                        clock,
                        readTimeout,
                        kind.metadataOptions(metadataProvider.name(), metadata.options())))
                : Objects.requireNonNull(metadata.instance());
        MetadataBackend index = kind == StoreKind.CACHE ? new GuardedIndex(durable, readTimeout, clock) : durable;
        try {
            refuseIfNotForced(durable);
            if (memoryLayer != null) {
                index = new MemoryLayer(index, memoryLayer, clock, keptInMemory);
            }
            BlobBackend blobBackend = blobProvider != null
                    ? blobProvider.open(new BackendSettings(
                            directory,
                            lasting == null ? durability : Durability.POWER,
                            clock,
                            readTimeout,
                            blobs.options()))
                    : Objects.requireNonNull(blobs.instance());
            SamePlace.check(durable, blobBackend, kind.properties() + "blob.backend");
            offerIntents(durable, blobBackend);
            BlobBackend guarded =
                    kind == StoreKind.CACHE ? GuardedBlobs.of(blobBackend, readTimeout, clock) : blobBackend;
            return new ComposedStore(index, guarded, codecs::find, verifyIntegrity);
        } catch (RuntimeException ex) {
            index.close();
            throw ex;
        }
    }

    private void refuseIfNotForced(MetadataBackend index) {
        if (lasting != null && !index.force()) {
            throw new CacheConfigurationException(
                    PolicyChecks.property(lasting, "durability"),
                    "power",
                    "The metadata backend '" + index.name() + "' cannot let single writes survive a loss of power.",
                    "Set cacheness.storage.durability=power for all, or use another cacheness.metadata.backend.");
        }
    }

    private static void offerIntents(MetadataBackend index, BlobBackend blobs) {
        try {
            Optional<BlobIntents> intents = index.unwrap(BlobIntents.class);
            if (intents.isEmpty() && blobs.needsIntents()) {
                throw new CacheConfigurationException(
                        "cacheness.blob.backend",
                        blobs.name(),
                        "It needs an index that keeps account of blobs that are being written, and " + index.name()
                                + " does not.",
                        "Set cacheness.metadata.backend to sqlite or postgresql, or choose another blob backend.");
            }
            intents.filter(blobs::useIntents).ifPresent(BlobIntents::require);
        } catch (RuntimeException ex) {
            blobs.close();
            throw ex;
        }
    }
}
