package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheKey;
import dev.cacheness.CacheMetadataException;
import dev.cacheness.Cacheness;
import dev.cacheness.Durability;
import dev.cacheness.EntryQuery;
import dev.cacheness.PutOption;
import dev.cacheness.fault.Faults;
import dev.cacheness.internal.blob.FilesystemBlobBackendProvider;
import dev.cacheness.internal.jdbc.SqliteMetadataBackendProvider;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.MetadataBackend;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caches whose entries survive more, or less, than those of the others. */
class CacheDurabilityTests {

    private static final CacheKey<Object> MONEY = CacheKey.in("money", Map.of("id", 1));

    private static final CacheKey<Object> OTHER = CacheKey.in("other", Map.of("id", 1));

    @TempDir
    Path directory;

    private final AtomicInteger forces = new AtomicInteger();

    private final List<Durability> blobs = new ArrayList<>();

    @Test
    void everyChangeOfSuchACacheIsForcedAndNoneOfTheOthers() {
        try (Cacheness cache = open(Durability.PROCESS, "money", Durability.POWER)) {
            int before = forces.get();

            cache.put(OTHER, "value");
            cache.touch(OTHER, PutOption.ttl(Duration.ofHours(1)));
            cache.invalidate(OTHER);
            assertThat(forces.get() - before).isZero();

            cache.put(MONEY, "value");
            assertThat(forces.get() - before).isEqualTo(1);
            cache.getOrCompute(CacheKey.in("money", Map.of("id", 2)), key -> "loaded");
            assertThat(forces.get() - before).isEqualTo(2);
            cache.touch(MONEY, PutOption.ttl(Duration.ofHours(1)));
            assertThat(forces.get() - before).isEqualTo(3);
            cache.updateMetadata(MONEY, Map.of("checked", true));
            assertThat(forces.get() - before).isEqualTo(4);
            cache.invalidate(MONEY);
            assertThat(forces.get() - before).isEqualTo(5);
            cache.invalidateNamespace("money");
            assertThat(forces.get() - before).isEqualTo(6);
            cache.invalidateWhere(EntryQuery.all());
            assertThat(forces.get() - before).isEqualTo(6);
        }
    }

    @Test
    void whatIsNotStoredIsNotForced() {
        try (Cacheness cache = open(Durability.PROCESS, "money", Durability.POWER)) {
            cache.put(MONEY, "value");
            int before = forces.get();

            assertThat(cache.putIfAbsent(MONEY, "other")).isFalse();
            assertThat(cache.invalidate(CacheKey.in("money", Map.of("id", 9)))).isFalse();

            assertThat(forces.get()).isEqualTo(before);
        }
    }

    @Test
    void blobsSurviveWhatTheirCacheSays() {
        byte[] large = new byte[100_000];
        try (Cacheness cache = open(Durability.PROCESS, "money", Durability.POWER)) {
            cache.put(MONEY, large, PutOption.codec("none"));
            cache.put(OTHER, large, PutOption.codec("none"));
        }
        assertThat(blobs).containsExactly(Durability.POWER, Durability.PROCESS);
    }

    @Test
    void cacheMaySurviveLessThanTheOthers() {
        byte[] large = new byte[100_000];
        try (Cacheness cache = open(Durability.POWER, "scratch", Durability.PROCESS)) {
            cache.put(CacheKey.in("scratch", Map.of("id", 1)), large, PutOption.codec("none"));
            cache.put(OTHER, large, PutOption.codec("none"));
        }
        assertThat(blobs).containsExactly(Durability.PROCESS, Durability.POWER);
        assertThat(forces).hasValue(0);
    }

    @Test
    void failureToForceIsTheCallers() {
        var faults = new Faults(() -> new CacheMetadataException("The disk is gone"));
        try (Cacheness cache = open(faults, Durability.PROCESS, "money", Durability.POWER)) {
            faults.failOn("force");

            assertThatExceptionOfType(CacheMetadataException.class).isThrownBy(() -> cache.put(MONEY, "value"));
            cache.put(OTHER, "value");
            // What was loaded counts for more than its being stored.
            assertThat(cache.getOrCompute(CacheKey.in("money", Map.of("id", 2)), key -> "loaded"))
                    .isEqualTo("loaded");
            assertThat(cache.stats("money").storeFailures()).isEqualTo(1);
        }
    }

    @Test
    void indexThatCannotForceIsRefusedAtTheStart() {
        CachenessBuilder builder = CachenessBuilder.at(directory)
                .metadataBackend(spied(MetadataBackend.class, sqlite(), (method, arguments) -> {}, true))
                .blobBackend(new FilesystemBlobBackendProvider().open(settings()))
                .policy(
                        "money",
                        CachePolicy.builder().durability(Durability.POWER).build());

        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(builder::build)
                .satisfies(ex -> assertThat(ex.property()).isEqualTo("cacheness.caches.money.durability"))
                .withMessageContaining("cacheness.storage.durability=power");
    }

    @Test
    void effectivePolicyTellsIt() {
        try (Cacheness cache = open(Durability.PROCESS, "money", Durability.POWER)) {
            CachePolicies policies = cache.unwrap(CachePolicies.class).orElseThrow();

            assertThat(policies.policy("money").durability()).isEqualTo(Durability.POWER);
            assertThat(policies.policy("other").durability()).isEqualTo(Durability.PROCESS);
        }
    }

    private Cacheness open(Durability all, String name, Durability one) {
        return open(new Faults(IllegalStateException::new), all, name, one);
    }

    private Cacheness open(Faults faults, Durability all, String name, Durability one) {
        MetadataBackend index = spied(
                MetadataBackend.class,
                sqlite(),
                (method, arguments) -> {
                    if (method.equals("force")) {
                        forces.incrementAndGet();
                    }
                },
                false);
        BlobBackend files = spied(
                BlobBackend.class,
                new FilesystemBlobBackendProvider().open(settings()),
                (method, arguments) -> {
                    if (method.equals("create")) {
                        blobs.add((Durability) arguments[0]);
                    }
                },
                false);
        return CachenessBuilder.at(directory)
                .durability(all)
                .metadataBackend(faults.wrap(MetadataBackend.class, index))
                .blobBackend(files)
                .policy(name, CachePolicy.builder().durability(one).build())
                .build();
    }

    private MetadataBackend sqlite() {
        return new SqliteMetadataBackendProvider().open(settings());
    }

    private BackendSettings settings() {
        return new BackendSettings(directory, Durability.PROCESS, InstantSource.system(), Map.of());
    }

    /** The backend, with somebody who listens; without a force of its own if it is an old one. */
    private static <T> T spied(Class<T> type, T backend, BiConsumer<String, Object[]> listener, boolean old) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    listener.accept(method.getName(), arguments);
                    if (old && method.getName().equals("force")) {
                        return false;
                    }
                    try {
                        return method.invoke(backend, arguments);
                    } catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                }));
    }
}
