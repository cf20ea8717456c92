package dev.cacheness.engine;

import static dev.cacheness.PutOption.attribute;
import static dev.cacheness.PutOption.customMetadata;
import static dev.cacheness.PutOption.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheKey;
import dev.cacheness.CacheMetadataException;
import dev.cacheness.Cacheness;
import dev.cacheness.CustomMetadata;
import dev.cacheness.EntryQuery;
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
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers see of an index that does not answer for a while. */
class FailingIndexTests {

    private static final Set<String> NOT_FAILING = Set.of("close", "name", "unwrap");

    /** More than a quarter of what a look-up may take. */
    private static final Duration SLOW = Duration.ofMillis(600);

    private static final CacheKey<String> KEY =
            CacheKey.in("users", Map.of("id", 1)).as(String.class);

    private final MutableInstantSource clock = new MutableInstantSource(Instant.parse("2026-01-02T03:04:05Z"));

    private final AtomicInteger calls = new AtomicInteger();

    private volatile boolean down;

    /** Whether calls take some time to fail, as on a network. */
    private volatile boolean slow;

    private volatile CountDownLatch invalidating = new CountDownLatch(0);

    @CustomMetadata("people")
    record Person(String name) {}

    /** Of a version in which the column has another kind. */
    @CustomMetadata("people")
    record NumberedPerson(int name) {}

    @TempDir
    Path directory;

    private Cacheness cache;

    @BeforeEach
    void open() {
        CachenessBuilder.at(directory).build().close();
        cache = builder().build();
    }

    private CachenessBuilder builder() {
        return CachenessBuilder.at(directory).clock(clock).metadataBackend(failing(sqlite()));
    }

    @AfterEach
    void close() {
        down = false;
        invalidating.countDown();
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
    void invalidationByCustomMetadataThatFailedIsMadeGood() {
        cache.put(KEY, "old", customMetadata(new Person("Ann")));
        CacheKey<String> other = CacheKey.in("users", Map.of("id", 2)).as(String.class);
        cache.put(other, "kept", customMetadata(new Person("Bob")));
        down = true;
        assertThatExceptionOfType(CacheMetadataException.class)
                .isThrownBy(
                        () -> cache.query(Person.class).equalTo("name", "Ann").invalidate());
        down = false;

        assertThat(cache.get(KEY)).isEmpty();
        assertThat(cache.get(other)).contains("kept");
    }

    @Test
    void invalidationByCustomMetadataOfWhichTheTableWasNotLookedAtYetIsMadeGood() {
        cache.put(KEY, "old", customMetadata(new Person("Ann")));
        cache.close();
        cache = builder().build();
        down = true;
        assertThatExceptionOfType(CacheMetadataException.class)
                .isThrownBy(() -> cache.query(Person.class).invalidate());
        down = false;

        assertThat(cache.get(KEY)).isEmpty();
    }

    @Test
    void everyFormOfInvalidationThatFailedIsMadeGood() {
        String digest = cache.put(KEY, "old", tags("red"), attribute("size", 1));
        List<Runnable> forms = List.of(
                () -> cache.invalidateWhere(EntryQuery.all().withDigestPrefix(digest.substring(0, 8))),
                () -> cache.invalidateWhere(EntryQuery.all().withTag("red")),
                () -> cache.invalidateWhere(EntryQuery.all().withAttribute("size", 1)),
                () -> cache.clear());
        for (Runnable form : forms) {
            cache.put(KEY, "old", tags("red"), attribute("size", 1));
            down = true;
            assertThatExceptionOfType(CacheMetadataException.class).isThrownBy(form::run);
            down = false;

            assertThat(cache.get(KEY)).isEmpty();
        }
    }

    @Test
    void invalidationThatCanNeverWorkKeepsNothingFromBeingServed() {
        cache.put(KEY, "value", customMetadata(new Person("Ann")));
        cache.close();
        cache = builder().build();

        assertThatExceptionOfType(CacheMetadataException.class)
                .isThrownBy(() -> cache.query(NumberedPerson.class).invalidate());

        assertThat(cache.get(KEY)).contains("value");
    }

    @Test
    void lookUpDoesNotWaitForAnInvalidationThatHangs() {
        cache.close();
        cache = builder().readTimeout(Duration.ofMillis(200)).build();
        cache.put(KEY, "old");
        down = true;
        assertThatExceptionOfType(CacheMetadataException.class).isThrownBy(() -> cache.invalidate(KEY));
        down = false;
        invalidating = new CountDownLatch(1);

        long start = System.nanoTime();
        assertThat(cache.lookup(KEY)).isEqualTo(new Lookup.Miss<>(MissReason.BACKEND_DOWN));
        assertThat(cache.lookup(KEY)).isEqualTo(new Lookup.Miss<>(MissReason.BACKEND_DOWN));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));

        invalidating.countDown();
        await().untilAsserted(
                        () -> assertThat(cache.lookup(KEY)).isNotEqualTo(new Lookup.Miss<>(MissReason.BACKEND_DOWN)));
        assertThat(cache.get(KEY)).isEmpty();
    }

    @Test
    void oneLookUpThatTookLongToFailIsEnough() {
        cache.put(KEY, "value");
        down = true;
        slow = true;
        assertThat(cache.lookup(KEY)).isEqualTo(new Lookup.Miss<>(MissReason.BACKEND_DOWN));

        calls.set(0);
        assertThat(cache.lookup(KEY)).isEqualTo(new Lookup.Miss<>(MissReason.BACKEND_DOWN));
        assertThat(cache.exists(KEY)).isFalse();
        assertThat(cache.metadata(KEY)).isEmpty();
        assertThatExceptionOfType(CacheMetadataException.class)
                .isThrownBy(() -> cache.put(KEY, "new"))
                .withMessageContaining("not asked again");
        assertThatExceptionOfType(CacheMetadataException.class).isThrownBy(() -> cache.invalidate(KEY));
        assertThat(calls).hasValue(0);

        down = false;
        clock.advance(Duration.ofSeconds(1));
        assertThat(cache.get(KEY)).isEmpty();
        cache.put(KEY, "new");
        assertThat(cache.get(KEY)).contains("new");
    }

    @Test
    void putFindsOutThatTheIndexIsBack() {
        down = true;
        slow = true;
        cache.get(KEY);
        down = false;
        clock.advance(Duration.ofSeconds(1));

        cache.put(KEY, "value");

        assertThat(cache.get(KEY)).contains("value");
    }

    @Test
    void valuesInTheMemoryLayerDoNotSpeakForTheIndex() {
        cache.close();
        cache = builder().memoryLayer(MemoryLayerSettings.DEFAULT).build();
        CacheKey<String> other = CacheKey.in("users", Map.of("id", 2)).as(String.class);
        cache.put(KEY, "value");
        cache.get(KEY);
        down = true;
        slow = true;
        cache.get(other);

        calls.set(0);
        cache.get(KEY);
        cache.get(other);
        assertThat(calls).hasValue(0);

        down = false;
        clock.advance(Duration.ofSeconds(1));
        assertThat(cache.get(KEY)).contains("value");
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
                    if (method.getName().equals("invalidate")) {
                        invalidating.await();
                    }
                    if (down && !NOT_FAILING.contains(method.getName())) {
                        if (slow) {
                            new CountDownLatch(1).await(SLOW.toMillis(), TimeUnit.MILLISECONDS);
                        }
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
