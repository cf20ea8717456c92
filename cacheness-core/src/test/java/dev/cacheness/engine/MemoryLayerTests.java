package dev.cacheness.engine;

import static dev.cacheness.contract.EntryFixture.digest;
import static dev.cacheness.contract.EntryFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.Durability;
import dev.cacheness.MemoryLayerStats;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.contract.EntryFixture;
import dev.cacheness.internal.jdbc.SqliteMetadataBackendProvider;
import dev.cacheness.internal.metadata.MemoryMetadataBackendProvider;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.StoredEntry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryLayerTests {

    private static final Duration TTL = Duration.ofMinutes(5);

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(MemoryLayer.CHECK_INTERVAL_MILLIS);

    @TempDir
    Path directory;

    private final MutableInstantSource clock = new MutableInstantSource(EntryFixture.NOW);

    private final List<MetadataBackend> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(MetadataBackend::close);
    }

    @Test
    void rowThatWasReadIsServedFromTheHeap() {
        MemoryLayer layer = layer(memory(), MemoryPolicy.LRU, 10);
        put(layer, entry(1).build());

        Optional<StoredEntry> first = layer.find(digest(1));
        Optional<StoredEntry> second = layer.find(digest(1));

        assertThat(second.orElseThrow()).isSameAs(first.orElseThrow());
        assertThat(stats(layer)).isEqualTo(new MemoryLayerStats(1, 1, 1));
    }

    @Test
    void whatThisProcessReplacedOrRemovedIsNotServed() {
        MemoryLayer layer = layer(sqlite(), MemoryPolicy.LRU, 10);
        StoredEntry replaced = entry(1).build();
        put(layer, replaced);
        layer.find(digest(1));
        StoredEntry present = entry(1).build();

        put(layer, present);

        assertThat(layer.find(digest(1)).orElseThrow().generation()).isEqualTo(present.generation());
        layer.setExpiry(digest(1), EntryFixture.NOW, EntryFixture.NOW.plus(TTL));
        assertThat(layer.find(digest(1)).orElseThrow().metadata().expiresAt()).isEqualTo(EntryFixture.NOW.plus(TTL));
        layer.remove(List.of(present.ref()));
        assertThat(layer.find(digest(1))).isEmpty();

        put(layer, present);
        layer.find(digest(1));
        layer.invalidate(List.of(digest(1)));
        assertThat(layer.find(digest(1))).isEmpty();

        put(layer, present);
        layer.find(digest(1));
        layer.invalidateMatching(EntryFilter.ALL, 10);
        assertThat(layer.find(digest(1))).isEmpty();

        put(layer, entry(1).expiresAt(EntryFixture.NOW).build());
        layer.find(digest(1));
        layer.removeExpired(EntryFixture.NOW, 10);
        assertThat(layer.find(digest(1))).isEmpty();
    }

    @Test
    void whatOthersReplacedIsNotServedAfterTheNextLookForChanges() {
        MemoryLayer layer = layer(sqlite(), MemoryPolicy.LRU, 10);
        MetadataBackend other = sqlite();
        put(layer, entry(1).build());
        layer.find(digest(1));
        StoredEntry present = entry(1).build();
        put(other, present);

        clock.advance(CHECK_INTERVAL);

        assertThat(layer.find(digest(1)).orElseThrow().generation()).isEqualTo(present.generation());
        other.invalidate(List.of(digest(1)));
        clock.advance(CHECK_INTERVAL);
        assertThat(layer.find(digest(1))).isEmpty();
    }

    @Test
    void changesOfThisProcessAreNotTakenForThoseOfOthers() {
        MemoryLayer layer = layer(sqlite(), MemoryPolicy.LRU, 10);
        put(layer, entry(1).build());
        layer.find(digest(1));

        for (int i = 2; i < 10; i++) {
            put(layer, entry(i).build());
            clock.advance(CHECK_INTERVAL);
            layer.find(digest(1));
        }

        // The first look cannot know what was before it.
        assertThat(stats(layer).misses()).isLessThanOrEqualTo(2);
    }

    @Test
    void whereTheIndexCannotTellARowIsServedForItsTimeToLiveAndNotLonger() {
        MetadataBackend index = memory();
        MemoryLayer layer = layer(index, MemoryPolicy.LRU, 10);
        StoredEntry replaced = entry(1).build();
        put(index, replaced);
        layer.find(digest(1));
        StoredEntry present = entry(1).build();
        put(index, present);

        clock.advance(TTL.minusMillis(1));
        assertThat(layer.find(digest(1)).orElseThrow().generation()).isEqualTo(replaced.generation());

        clock.advance(Duration.ofMillis(1));
        assertThat(layer.find(digest(1)).orElseThrow().generation()).isEqualTo(present.generation());
    }

    @Test
    void clockThatGoesBackServesNothingFromTheFuture() {
        MetadataBackend index = memory();
        MemoryLayer layer = layer(index, MemoryPolicy.LRU, 10);
        put(index, entry(1).build());
        layer.find(digest(1));
        StoredEntry present = entry(1).build();
        put(index, present);

        clock.set(EntryFixture.NOW.minusSeconds(1));

        assertThat(layer.find(digest(1)).orElseThrow().generation()).isEqualTo(present.generation());
    }

    @Test
    void rowWhoseValueIsInABlobIsReadFromTheIndexEveryTime() {
        MemoryLayer layer = layer(memory(), MemoryPolicy.LRU, 10);
        put(layer, entry(1).inBlob("3f-owner-1").build());

        layer.find(digest(1));
        layer.find(digest(1));

        assertThat(stats(layer)).isEqualTo(new MemoryLayerStats(0, 0, 2));
    }

    @ParameterizedTest
    @EnumSource(
            value = MemoryPolicy.class,
            names = {"LRU", "LFU", "FIFO"})
    void rowOfTheLowestRankMakesRoom(MemoryPolicy policy) {
        MemoryLayer layer = layer(memory(), policy, 3);
        for (int i = 1; i <= 4; i++) {
            put(layer, entry(i).build());
        }
        // Read by age 1, 2, 3; by last use 2, 3, 1; by uses 3, 2, 1.
        for (int i : new int[] {1, 2, 3, 2, 3, 1, 1, 2, 1, 2, 3, 1}) {
            layer.find(digest(i));
        }
        if (policy == MemoryPolicy.LFU) {
            layer.find(digest(2));
        }
        int expected = Map.of(MemoryPolicy.LRU, 2, MemoryPolicy.LFU, 3, MemoryPolicy.FIFO, 1)
                .get(policy);

        layer.find(digest(4));

        long missesBefore = stats(layer).misses();
        for (int i = 1; i <= 4; i++) {
            if (i != expected) {
                layer.find(digest(i));
            }
        }
        assertThat(stats(layer).misses())
                .as("all but %d are still there", expected)
                .isEqualTo(missesBefore);
        layer.find(digest(expected));
        assertThat(stats(layer).misses()).isEqualTo(missesBefore + 1);
    }

    @ParameterizedTest
    @EnumSource(MemoryPolicy.class)
    void layerHoldsNoMoreThanItMay(MemoryPolicy policy) {
        MemoryLayer layer = layer(memory(), policy, 50);
        for (int i = 0; i < 500; i++) {
            put(layer, entry(i).build());
            layer.find(digest(i));
        }

        assertThat(stats(layer).entries()).isBetween(1L, 50L);
    }

    @Test
    void readersNeverSeeWhatAFinishedWriteOfThisProcessReplaced() throws Exception {
        int digests = 4;
        int writes = 3_000;
        MemoryLayer layer = layer(memory(), MemoryPolicy.LRU, 10);
        var finished = new AtomicIntegerArray(digests);
        var writersLeft = new AtomicInteger(digests);
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int writer = 0; writer < digests; writer++) {
            int digest = writer;
            tasks.add(() -> {
                for (int i = 1; i <= writes; i++) {
                    put(
                            layer,
                            entry(digest).build(ByteBuffer.allocate(4).putInt(i).array()));
                    finished.set(digest, i);
                }
                writersLeft.decrementAndGet();
                return null;
            });
            tasks.add(() -> {
                while (writersLeft.get() > 0) {
                    int atLeast = finished.get(digest);
                    Optional<StoredEntry> found = layer.find(digest(digest));
                    int seen = found.map(row ->
                                    ByteBuffer.wrap(row.content().inline()).getInt())
                            .orElse(0);
                    assertThat(seen).isGreaterThanOrEqualTo(atLeast);
                }
                return null;
            });
        }
        var threads = Executors.newFixedThreadPool(tasks.size());
        try {
            for (Future<Void> future : threads.invokeAll(tasks)) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void cacheServesItsValuesThroughTheLayer() {
        CacheKey<Object> key = CacheKey.of("name", "key");
        try (Cacheness cache = CachenessBuilder.at(directory)
                .clock(clock)
                .memoryLayer(new MemoryLayerSettings(MemoryPolicy.LRU, 10, TTL, true))
                .build()) {
            cache.put(key, "1");
            assertThat(cache.get(key)).contains("1");
            assertThat(cache.get(key)).contains("1");
            cache.put(key, "2");
            assertThat(cache.get(key)).contains("2");
            cache.invalidate(key);
            assertThat(cache.get(key)).isEmpty();
            assertThat(cache.unwrap(MemoryLayerStats.class)).contains(new MemoryLayerStats(0, 1, 3));
        }
    }

    @Test
    void everythingIsHandedOnEvenWhatAnIndexNeedNotDo() {
        assertThat(MetadataBackend.class.getMethods())
                .filteredOn(method -> method.isDefault())
                .allSatisfy(method -> assertThat(
                                MemoryLayer.class.getDeclaredMethod(method.getName(), method.getParameterTypes()))
                        .isNotNull());
    }

    @Test
    void settingsThatMakeNoSenseAreRefusedByName() {
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> new MemoryLayerSettings(MemoryPolicy.LRU, 0, TTL, false))
                .withMessageContaining("cacheness.metadata.memory.max-entries=0");
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> new MemoryLayerSettings(MemoryPolicy.LRU, 1, Duration.ZERO, false))
                .withMessageContaining("cacheness.metadata.memory.ttl");
    }

    private MemoryLayer layer(MetadataBackend index, MemoryPolicy policy, int maxEntries) {
        return new MemoryLayer(index, new MemoryLayerSettings(policy, maxEntries, TTL, true), clock);
    }

    private MetadataBackend memory() {
        return opened(new MemoryMetadataBackendProvider().open(settings()));
    }

    private MetadataBackend sqlite() {
        return opened(new SqliteMetadataBackendProvider().open(settings()));
    }

    private MetadataBackend opened(MetadataBackend backend) {
        open.add(backend);
        return backend;
    }

    private BackendSettings settings() {
        return new BackendSettings(directory, Durability.PROCESS, clock, Map.of());
    }

    private static MemoryLayerStats stats(MemoryLayer layer) {
        return layer.unwrap(MemoryLayerStats.class).orElseThrow();
    }

    private static void put(MetadataBackend backend, StoredEntry entry) {
        backend.put(entry, PutCondition.ALWAYS);
    }
}
