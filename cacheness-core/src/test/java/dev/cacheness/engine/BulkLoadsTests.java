package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BulkLoadsTests {

    private final Cacheness cache = CachenessBuilder.inMemory().build();

    private final ExecutorService callers = Executors.newFixedThreadPool(2);

    private final List<Set<Integer>> asked = new ArrayList<>();

    record UserKey(int id) implements CacheKey<String> {}

    @AfterEach
    void close() {
        callers.shutdownNow();
        cache.close();
    }

    @Test
    void loaderIsAskedOnceAndOnlyForWhatIsMissing() {
        cache.put(new UserKey(2), "two");

        Map<UserKey, String> users = cache.getAllOrCompute(keys(1, 2, 3, 3), this::load);

        assertThat(users.keySet()).containsExactly(new UserKey(1), new UserKey(2), new UserKey(3));
        assertThat(users.values()).containsExactly("user1", "two", "user3");
        assertThat(asked).containsExactly(Set.of(1, 3));
        assertThat(cache.get(new UserKey(3))).contains("user3");
        assertThat(cache.metadata(new UserKey(3)).orElseThrow().loadTime()).isNotNull();
        assertThat(cache.getAllOrCompute(keys(1, 3), this::load)).hasSize(2);
        assertThat(asked).hasSize(1);
        assertThat(cache.getAllOrCompute(List.<UserKey>of(), this::load)).isEmpty();
    }

    @Test
    void keyThatTheLoaderHasNothingForIsLeftOut() {
        Map<UserKey, String> users = cache.getAllOrCompute(keys(1, 404), this::load);

        assertThat(users).containsOnlyKeys(new UserKey(1));
        assertThat(cache.exists(new UserKey(404))).isFalse();
    }

    @Test
    void whatTheLoaderThrowsReachesTheCallerAndNothingIsStored() {
        var failure = new IOException("source is down");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> cache.getAllOrCompute(keys(1, 2), missing -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(cache.getAllOrCompute(keys(1, 2), this::load)).hasSize(2);
    }

    @Test
    void keyThatIsBeingLoadedIsWaitedForAndLoadedOnce() throws Exception {
        var loading = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        Future<Map<UserKey, String>> first = callers.submit(() -> cache.getAllOrCompute(keys(1, 2), missing -> {
            loading.countDown();
            go.await();
            return load(missing);
        }));
        loading.await();

        Future<Map<UserKey, String>> second = callers.submit(() -> cache.getAllOrCompute(keys(2, 3), this::load));
        await().until(() -> cache.exists(new UserKey(3)));
        go.countDown();

        assertThat(first.get()).hasSize(2);
        assertThat(second.get().values()).containsExactly("user2", "user3");
        assertThat(asked).containsExactly(Set.of(3), Set.of(1, 2));
    }

    @Test
    void singleLoadWaitsForTheBulkLoadAndLoadsItselfIfThatHadNothing() throws Exception {
        var loading = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        callers.submit(() -> cache.getAllOrCompute(keys(1, 404), missing -> {
            loading.countDown();
            go.await();
            return load(missing);
        }));
        loading.await();

        Future<String> waiting = callers.submit(() -> cache.getOrCompute(new UserKey(404), key -> "made alone"));
        go.countDown();

        assertThat(waiting.get()).isEqualTo("made alone");
    }

    @Test
    void invalidationDuringTheLoadKeepsTheValueOut() {
        Map<UserKey, String> users = cache.getAllOrCompute(keys(1, 2), missing -> {
            cache.invalidate(new UserKey(1));
            return load(missing);
        });

        assertThat(users).hasSize(2);
        assertThat(cache.exists(new UserKey(1))).isFalse();
    }

    private synchronized Map<UserKey, String> load(Set<UserKey> missing) {
        asked.add(missing.stream().map(UserKey::id).collect(Collectors.toCollection(TreeSet::new)));
        return missing.stream()
                .filter(key -> key.id() != 404)
                .collect(Collectors.toMap(key -> key, key -> "user" + key.id()));
    }

    private static List<UserKey> keys(int... ids) {
        return Arrays.stream(ids).mapToObj(UserKey::new).toList();
    }
}
