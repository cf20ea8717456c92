package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheKey;
import dev.cacheness.CacheMetadataException;
import dev.cacheness.Cacheness;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.MetadataBackendProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers see of an index that does not answer for a while. */
class FailingIndexTests {

    private static final Set<String> NOT_FAILING = Set.of("close", "name", "unwrap");

    private static final CacheKey<String> KEY =
            CacheKey.in("users", Map.of("id", 1)).as(String.class);

    private final MutableInstantSource clock = new MutableInstantSource(Instant.parse("2026-01-02T03:04:05Z"));

    private final AtomicInteger calls = new AtomicInteger();

    private volatile boolean down;

    @TempDir
    Path directory;

    private Cacheness cache;

    @BeforeEach
    void open() {
        CachenessBuilder.at(directory).build().close();
        cache = CachenessBuilder.at(directory)
                .clock(clock)
                .metadataBackend(failing(sqlite()))
                .build();
    }

    @AfterEach
    void close() {
        down = false;
        cache.close();
    }

    @Test
    void afterSomeFailuresMissesAreToldWithoutAskingAndTheCacheRecoversByItself() {
        cache.put(KEY, "value");
        down = true;
        for (int i = 0; i < 3; i++) {
            assertThat(cache.lookup(KEY)).isEqualTo(new Lookup.Miss<>(MissReason.BACKEND_DOWN));
        }

        calls.set(0);
        assertThat(cache.lookup(KEY)).isEqualTo(new Lookup.Miss<>(MissReason.BACKEND_DOWN));
        assertThat(cache.getOrCompute(KEY, key -> "loaded")).isEqualTo("loaded");
        assertThat(calls).hasValue(0);
        down = false;
        assertThat(cache.get(KEY)).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(cache.get(KEY)).contains("value");
        assertThat(cache.get(KEY)).contains("value");
    }

    @Test
    void invalidationThatFailedIsMadeGoodBeforeTheEntryIsServed() {
        CacheKey<String> other = CacheKey.in("users", Map.of("id", 2)).as(String.class);
        cache.put(KEY, "old");
        cache.put(other, "kept");
        down = true;
        assertThatExceptionOfType(CacheMetadataException.class).isThrownBy(() -> cache.invalidate(KEY));
        down = false;

        assertThat(cache.get(KEY)).isEmpty();
        assertThat(cache.exists(KEY)).isFalse();
        assertThat(cache.get(other)).contains("kept");
        cache.close();
        cache = CachenessBuilder.at(directory).build();
        assertThat(cache.exists(KEY)).isFalse();
        assertThat(cache.exists(other)).isTrue();
    }

    @Test
    void invalidationOfANamespaceThatFailedIsMadeGood() {
        cache.put(KEY, "old");
        cache.put(CacheKey.of("loose", 1), "kept");
        down = true;
        assertThatExceptionOfType(CacheMetadataException.class).isThrownBy(() -> cache.invalidateNamespace("users"));
        down = false;

        assertThat(cache.metadata(KEY)).isEmpty();
        assertThat(cache.get(CacheKey.of("loose", 1))).contains("kept");
    }

    @Test
    void valueThatWasPutAfterAnInvalidationThatFailedIsKept() {
        cache.put(KEY, "old");
        down = true;
        assertThatExceptionOfType(CacheMetadataException.class).isThrownBy(() -> cache.invalidate(KEY));
        down = false;

        cache.put(KEY, "new");

        assertThat(cache.get(KEY)).contains("new");
    }

    @Test
    void entryIsNotServedWhileItsInvalidationCannotBeMadeGood() {
        cache.put(KEY, "old");
        down = true;
        assertThatExceptionOfType(CacheMetadataException.class).isThrownBy(() -> cache.invalidate(KEY));

        assertThat(cache.lookup(KEY)).isEqualTo(new Lookup.Miss<>(MissReason.BACKEND_DOWN));
        assertThat(cache.exists(KEY)).isFalse();
    }

    private MetadataBackend sqlite() {
        return ServiceLoader.load(MetadataBackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("sqlite"))
                .findFirst()
                .orElseThrow()
                .open(new BackendSettings(directory, CachenessBuilder.DEFAULT_DURABILITY, clock, Map.of()));
    }

    private MetadataBackend failing(MetadataBackend real) {
        return (MetadataBackend) Proxy.newProxyInstance(
                MetadataBackend.class.getClassLoader(),
                new Class<?>[] {MetadataBackend.class},
                (proxy, method, arguments) -> {
                    if (method.getName().startsWith("find") || method.getName().equals("invalidations")) {
                        calls.incrementAndGet();
                    }
                    if (down && !NOT_FAILING.contains(method.getName())) {
                        throw new CacheMetadataException("The index is down");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });
    }
}
