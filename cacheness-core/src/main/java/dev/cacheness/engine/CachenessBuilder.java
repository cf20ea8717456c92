package dev.cacheness.engine;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheEventListener;
import dev.cacheness.Cacheness;
import dev.cacheness.Durability;
import dev.cacheness.internal.key.KeyDigester;
import dev.cacheness.internal.key.KeySettings;
import dev.cacheness.internal.store.ComposedStore;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.Codec;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerRegistry;
import dev.cacheness.spi.HandlerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Wires a cache. The only place that holds defaults. Not thread-safe; a builder opens one cache.
 *
 * <p>{@link #build} refuses what makes no sense with a {@link CacheConfigurationException} that names the setting as the configuration property of the
 * Spring Boot starter does.
 *
 * <pre>{@code
 * try (Cacheness cache = CachenessBuilder.at(Path.of("cache")).defaultTtl(Duration.ofHours(6)).build()) {
 *     cache.put(new ModelKey("xgboost", "train"), model);
 * }
 * }</pre>
 */
public final class CachenessBuilder extends StoreBuilder<CachenessBuilder> {

    public static final Path DEFAULT_DIRECTORY = Path.of("cache");

    public static final String DEFAULT_METADATA_BACKEND = "sqlite";

    /** Unless the metadata are in memory; then blobs are, too. */
    public static final String DEFAULT_BLOB_BACKEND = "filesystem";

    public static final long DEFAULT_MAX_SIZE_BYTES = 10_000L * 1024 * 1024;

    public static final String DEFAULT_CODEC = "zstd";

    public static final int DEFAULT_COMPRESSION_THRESHOLD_BYTES = 1024;

    public static final int DEFAULT_INLINE_THRESHOLD_BYTES = 64 * 1024;

    public static final int DEFAULT_KEY_MAX_DEPTH = 10;

    public static final Duration DEFAULT_LOAD_LEASE = Duration.ofSeconds(5);

    public static final Duration MIN_LOAD_LEASE = Duration.ofMillis(500);

    public static final Duration MAX_LOAD_LEASE = Duration.ofHours(1);

    public static final Duration DEFAULT_READ_TIMEOUT = BackendSettings.DEFAULT_READ_TIMEOUT;

    public static final Duration MIN_READ_TIMEOUT = Duration.ofMillis(50);

    public static final Duration MAX_READ_TIMEOUT = Duration.ofMinutes(1);

    public static final Durability DEFAULT_DURABILITY = Durability.PROCESS;

    private static final int MAX_INLINE_THRESHOLD_BYTES = 1024 * 1024;

    private static final int MAX_KEY_DEPTH = 100;

    private int compressionThreshold = DEFAULT_COMPRESSION_THRESHOLD_BYTES;

    private int inlineThreshold = DEFAULT_INLINE_THRESHOLD_BYTES;

    private @Nullable Duration defaultTtl;

    private final Map<String, CachePolicy> policies = new LinkedHashMap<>();

    private final List<CacheEventListener> listeners = new ArrayList<>();

    private long maxSize = DEFAULT_MAX_SIZE_BYTES;

    private LoadScope loadScope = LoadScope.PROCESS;

    private Duration loadLease = DEFAULT_LOAD_LEASE;

    private boolean cleanUpOnInit;

    private boolean storeKeyParameters = true;

    private int keyMaxDepth = DEFAULT_KEY_MAX_DEPTH;

    private boolean introspectObjects = true;

    private boolean hashPathContent = true;

    private CachenessBuilder(StoreAssembly store) {
        super(store, DEFAULT_CODEC, DEFAULT_DURABILITY);
    }

    @Override
    CachenessBuilder self() {
        return this;
    }

    /** A cache in a directory, which is created if it is not there; may be moved while the cache is closed. */
    public static CachenessBuilder at(Path directory) {
        return new CachenessBuilder(new StoreAssembly(Objects.requireNonNull(directory, "directory"), StoreKind.CACHE));
    }

    /** A cache on the heap, gone when it is closed; touches no file. */
    public static CachenessBuilder inMemory() {
        return new CachenessBuilder(StoreAssembly.inMemory(StoreKind.CACHE));
    }

    /** A cache for answers of remote services: they live for six hours and are compressed by LZ4, which is quick. */
    public static CachenessBuilder forApi(Path directory) {
        return at(directory).defaultTtl(Duration.ofHours(6)).codec("lz4");
    }

    /**
     * The handlers that come with the cache and those found as services, in the order in which they are asked. For callers who want to add to them
     * before they hand them to {@link #handlers(HandlerRegistry)}.
     */
    public static HandlerRegistry builtInHandlers(HandlerSettings settings) {
        return BuiltInHandlers.registry(settings);
    }

    /**
     * Keeps rows of the index that are read often, with the values in them, on the heap; default null, no such layer. What this process replaces or
     * removes is never served from there; what others do shows within 10 ms on {@code sqlite}, within some milliseconds on
     * {@code postgresql}, and within the layer's time to live elsewhere.
     */
    public CachenessBuilder memoryLayer(@Nullable MemoryLayerSettings settings) {
        store.memoryLayer = settings;
        return this;
    }

    /** Makes a metadata backend unknown, wherever it came from; registering one of that name makes it known again. */
    public CachenessBuilder unregisterMetadataBackend(String name) {
        store.metadata.unregister(Objects.requireNonNull(name, "name"));
        return this;
    }

    /** Makes a blob backend unknown, wherever it came from; registering one of that name makes it known again. */
    public CachenessBuilder unregisterBlobBackend(String name) {
        store.blobs.unregister(Objects.requireNonNull(name, "name"));
        return this;
    }

    /** Adds a handler at a position; 0 is asked first. */
    public CachenessBuilder handler(Handler<?> handler, int position) {
        handlers.add(Objects.requireNonNull(handler, "handler"), position);
        return this;
    }

    /** Names of handlers to ask before all others, in this order; default none. */
    public CachenessBuilder handlerOrder(List<String> names) {
        handlers.order(names);
        return this;
    }

    /** Names of handlers to leave out; default none. */
    public CachenessBuilder disabledHandlers(Collection<String> names) {
        handlers.disable(names);
        return this;
    }

    /** Values of fewer bytes are not compressed; default {@value #DEFAULT_COMPRESSION_THRESHOLD_BYTES}. */
    public CachenessBuilder compressionThreshold(int bytes) {
        this.compressionThreshold = bytes;
        return this;
    }

    /** Values of at most so many stored bytes go into the index; default {@value #DEFAULT_INLINE_THRESHOLD_BYTES}. */
    public CachenessBuilder inlineThreshold(int bytes) {
        this.inlineThreshold = bytes;
        return this;
    }

    /** How long entries live if nothing else is said; default null, for ever. */
    public CachenessBuilder defaultTtl(@Nullable Duration ttl) {
        this.defaultTtl = ttl;
        return this;
    }

    /**
     * What holds for the entries of one namespace, or of all whose names match a pattern in which {@code *} stands for any characters. Of several that match
     * the name itself comes first, then the pattern with the most characters, and so on; each says only what those before it leave open. A second policy for
     * the same name replaces the first.
     */
    public CachenessBuilder policy(String namespace, CachePolicy policy) {
        policies.put(Objects.requireNonNull(namespace, "namespace"), Objects.requireNonNull(policy, "policy"));
        return this;
    }

    /** What the stored sizes of all values may add up to, in bytes; default {@value #DEFAULT_MAX_SIZE_BYTES}. */
    public CachenessBuilder maxSize(long bytes) {
        this.maxSize = bytes;
        return this;
    }

    /** Whether to remove expired entries in the background at once; default false: they are removed within the first minute. */
    public CachenessBuilder cleanUpOnInit(boolean cleanUp) {
        this.cleanUpOnInit = cleanUp;
        return this;
    }

    /** Whether the parameters of keys are stored as text for people, secrets masked; default true. */
    public CachenessBuilder storeKeyParameters(boolean store) {
        this.storeKeyParameters = store;
        return this;
    }

    /** Whether stored bytes are compared with their checksums while reading; default true. Without it damage may go unnoticed. */
    public CachenessBuilder verifyIntegrity(boolean verify) {
        store.verifyIntegrity = verify;
        return this;
    }

    /** How deep the values in keys may be nested; default {@value #DEFAULT_KEY_MAX_DEPTH}. Deeper ones are refused. */
    public CachenessBuilder keyMaxDepth(int depth) {
        this.keyMaxDepth = depth;
        return this;
    }

    /** Whether objects of any class may be in keys, by their fields; default true. */
    public CachenessBuilder introspectObjects(boolean introspect) {
        this.introspectObjects = introspect;
        return this;
    }

    /** Whether a path in a key counts by the content of what it leads to, or else by its text; default true. */
    public CachenessBuilder hashPathContent(boolean hash) {
        this.hashPathContent = hash;
        return this;
    }

    /** Among whom a missing value is loaded once; default {@link LoadScope#PROCESS}. */
    public CachenessBuilder loadScope(LoadScope scope) {
        this.loadScope = Objects.requireNonNull(scope, "scope");
        return this;
    }

    /**
     * With {@link LoadScope#CLUSTER}, how long a process that died or stands still while it loads keeps others from loading the same; default
     * {@link #DEFAULT_LOAD_LEASE}, at least {@link #MIN_LOAD_LEASE}. Loads may take longer.
     */
    public CachenessBuilder loadLease(Duration time) {
        this.loadLease = Objects.requireNonNull(time, "time");
        return this;
    }

    /**
     * How long a caller waits for the index or for the blobs until what it looks for is a miss; default {@link #DEFAULT_READ_TIMEOUT}, at least
     * {@link #MIN_READ_TIMEOUT} and at most {@link #MAX_READ_TIMEOUT}. A value in a blob may take longer as a whole, but not without some of its bytes coming.
     */
    public CachenessBuilder readTimeout(Duration time) {
        store.readTimeout = Objects.requireNonNull(time, "time");
        return this;
    }

    /** Adds somebody who is told what happens; default nobody. The cache does not close it. */
    public CachenessBuilder listener(CacheEventListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Opens the cache.
     *
     * @throws CacheConfigurationException if a setting makes no sense; nothing was changed then
     * @throws dev.cacheness.CacheException if a backend cannot be opened
     */
    public Cacheness build() {
        EffectivePolicy defaults = defaultPolicy();
        SettingChecks.range("cacheness.keys.max-depth", keyMaxDepth, 1, MAX_KEY_DEPTH, "levels");
        SettingChecks.loadLease("cacheness.load.lease", loadLease);
        SettingChecks.readTimeout("cacheness.read-timeout", store.readTimeout);
        HandlerRegistry registry = handlers.assemble(store.classLoader(), codec, codecLevel);
        var checks = new PolicyChecks(store.codecs, registry);
        checks.check(policies);
        var merged = new Policies(defaults, policies, store.codecs);
        checks.checkTogether(policies, merged);
        if (store.memoryLayer == null) {
            PolicyChecks.refuseShared(policies);
        }
        store.lasting = merged.firstThatForces();
        store.keptInMemory = namespace -> merged.of(namespace).said().memory() != MemoryUse.OFF;
        ComposedStore opened = store.open();
        var parts = new EngineParts(
                opened,
                registry,
                new KeyDigester(new KeySettings(keyMaxDepth, introspectObjects, hashPathContent)),
                merged,
                new EngineSettings(maxSize, store.readTimeout, cleanUpOnInit, List.copyOf(listeners)),
                store.clock,
                LoadGates.of(merged, opened.index(), loadLease, new FailureLog(store.clock)),
                new Upcasters(upcasters));
        parts.start();
        return new DefaultCacheness(parts);
    }

    /** The store of the cache, with nothing at work in it. */
    TransferEnd openForTransfer() {
        EffectivePolicy defaults = defaultPolicy();
        HandlerRegistry registry = handlers.assemble(store.classLoader(), codec, codecLevel);
        new PolicyChecks(store.codecs, registry).check(policies);
        var merged = new Policies(defaults, policies, store.codecs);
        store.lasting = merged.firstThatForces();
        ComposedStore opened = store.open();
        return new TransferEnd(
                opened, TransferEnd.settings(merged, registry), store.clock, StoreKind.CACHE, opened::close);
    }

    private EffectivePolicy defaultPolicy() {
        Codec chosen = store.codecs.require(codec);
        int level = store.codecs.requireLevel(chosen, codecLevel);
        SettingChecks.ttl("cacheness.default-ttl", defaultTtl);
        SettingChecks.maxSize("cacheness.storage.max-size", maxSize);
        SettingChecks.range(
                "cacheness.storage.inline-threshold", inlineThreshold, 0, MAX_INLINE_THRESHOLD_BYTES, "bytes");
        SettingChecks.range("cacheness.compression.min-size", compressionThreshold, 0, Integer.MAX_VALUE, "bytes");
        CachePolicy said = CachePolicy.builder()
                .ttl(defaultTtl)
                .codec(codec)
                .codecLevel(codecLevel)
                .singleFlight(loadScope)
                .storeKeyParameters(storeKeyParameters)
                .durability(store.durability)
                .build();
        return new EffectivePolicy(said, chosen, level, compressionThreshold, inlineThreshold, maxSize);
    }
}
