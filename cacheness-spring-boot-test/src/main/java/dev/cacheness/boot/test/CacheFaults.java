package dev.cacheness.boot.test;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.MetadataBackendProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets a cache fail when a test says so, to see what the application makes of it. It is an index on the heap that does not answer while it is down; named
 * {@value #BACKEND} in {@code cacheness.metadata.backend} or in {@link AutoConfigureCacheness#backend}. Safe for use by several threads.
 */
public final class CacheFaults implements MetadataBackendProvider {

    /** The name of the backend. */
    public static final String BACKEND = "faulty";

    /** What a backend answers even if its database does not. */
    private static final Set<String> ALWAYS_ANSWERED =
            Set.of("close", "name", "unwrap", "toString", "hashCode", "equals");

    private final AtomicLong refusals = new AtomicLong();

    private volatile boolean down;

    /** From now on the cache cannot read or write its index. */
    public void breakDown() {
        down = true;
    }

    /**
     * The cache works again, and has what it had. After several failures in a row it tries its index again only when a second has passed, so advance the
     * {@link TestClock}.
     */
    public void recover() {
        down = false;
    }

    /** Whether the cache is down. */
    public boolean isDown() {
        return down;
    }

    /** How often something was asked of the index while it was down. */
    public long refusals() {
        return refusals.get();
    }

    @Override
    public String name() {
        return BACKEND;
    }

    @Override
    public boolean inMemory() {
        return true;
    }

    @Override
    public MetadataBackend open(BackendSettings settings) {
        MetadataBackend memory =
                ServiceLoader.load(MetadataBackendProvider.class, CacheFaults.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(provider -> provider.name().equals("memory"))
                        .findAny()
                        .orElseThrow(() -> new IllegalStateException("There is no metadata backend 'memory'"))
                        .open(settings);
        return (MetadataBackend) Proxy.newProxyInstance(
                CacheFaults.class.getClassLoader(),
                new Class<?>[] {MetadataBackend.class},
                (proxy, method, arguments) -> answer(memory, method, arguments));
    }

    private @Nullable Object answer(MetadataBackend memory, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (down && !ALWAYS_ANSWERED.contains(method.getName())) {
            refusals.incrementAndGet();
            throw new CacheMetadataException("The index does not answer, because a test has said so");
        }
        try {
            return method.invoke(memory, arguments);
        } catch (InvocationTargetException ex) {
            throw ex.getTargetException();
        }
    }
}
