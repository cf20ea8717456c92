package dev.cacheness.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cacheness.storage.BlobMetadata;
import dev.cacheness.storage.BlobQuery;
import dev.cacheness.storage.BlobStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Kills a JVM that puts versions of artifacts, at random moments, as {@code kill -9} does: every acknowledged version is there, one that was under way is there
 * as a whole or not at all, older versions read as they did, and no blob is left that no row refers to. {@code -Dcrash.seed=…} repeats a run.
 */
class KilledPublisherIT {

    @TempDir
    Path directory;

    private final Map<Integer, Integer> known = new HashMap<>();

    @ParameterizedTest
    @CsvSource({"sqlite, 20", "json, 10"})
    void acknowledgedVersionsHoldAndNothingIsHalf(String backend, int kills) throws Exception {
        long seed = Long.getLong("crash.seed", System.nanoTime());
        var random = new Random(seed);
        for (int round = 1; round <= kills; round++) {
            ChildJvm child = ChildJvm.start(Publisher.class, directory.toString(), Integer.toString(round), backend);
            child.awaitReady();
            LockSupport.parkNanos(random.nextInt(150_000_000));
            Map<Integer, Integer> underWay = follow(child.kill());
            compare(backend, "kill " + round + " on " + backend + ", seed " + seed, underWay, round == kills);
        }
    }

    private Map<Integer, Integer> follow(List<String> lines) {
        Map<Integer, Integer> underWay = new HashMap<>();
        for (String line : lines) {
            String[] words = line.split(" ");
            if (words.length != 3) {
                continue;
            }
            int key = Integer.parseInt(words[1]);
            int version = Integer.parseInt(words[2]);
            if (words[0].equals(">")) {
                underWay.put(key, version);
            } else {
                known.put(key, version);
                underWay.remove(key);
            }
        }
        return underWay;
    }

    private void compare(String backend, String when, Map<Integer, Integer> underWay, boolean last) {
        try (BlobStore store = Publisher.open(directory, backend)) {
            for (int key = 0; key < Publisher.KEYS; key++) {
                List<BlobMetadata> versions = store.versions("k" + key);
                int latest = versions.isEmpty() ? 0 : versions.get(0).version();
                int before = known.getOrDefault(key, 0);
                assertThat(latest).as("key %s after %s", key, when).isIn(before, underWay.getOrDefault(key, before));
                for (BlobMetadata version : versions) {
                    assertThat(store.get("k" + key, version.version(), byte[].class)
                                    .orElseThrow())
                            .as("key %s, version %s, after %s", key, version.version(), when)
                            .isEqualTo(Values.value(key, version.version()));
                }
                known.put(key, latest);
            }
            assertThat(store.list(BlobQuery.all())).as(when).hasSize((int)
                    known.values().stream().filter(version -> version > 0).count());
            if (last) {
                await().untilAsserted(() ->
                        assertThat(store.verify().orphans()).as(when).isZero());
            }
        }
    }
}
