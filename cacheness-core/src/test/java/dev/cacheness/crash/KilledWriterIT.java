package dev.cacheness.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cacheness.Cacheness;
import dev.cacheness.EntryQuery;
import dev.cacheness.MissReason;
import dev.cacheness.engine.CachenessBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills a writing JVM at random moments, as {@code kill -9} does, and looks at what is there afterwards: every acknowledged step holds, a step that was under
 * way happened as a whole or not at all, custom metadata included, and no blob is left that no entry refers to.
 *
 * <p>The three durable indexes take turns. {@code -Dcrash.kills=1000} kills more often, {@code -Dcrash.seed=…} repeats a run.
 */
class KilledWriterIT {

    /** SQLite is the default and dies most often. */
    private static final int KILLS_OF_SQLITE = Integer.getInteger("crash.kills", 100);

    private static final int KILLS_OF_OTHERS = Integer.getInteger("crash.kills", 25);

    private static final int SWEEP_EVERY = 10;

    private static final int INLINE = CachenessBuilder.DEFAULT_INLINE_THRESHOLD_BYTES;

    @TempDir
    Path directory;

    /** The version that is known to be there for each key, 0 for none. */
    private final Map<Integer, Integer> known = new HashMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "json", "postgresql"})
    void acknowledgedStepsHoldAndNothingIsHalf(String backend) throws Exception {
        String place = Durable.place(backend);
        int kills = backend.equals("sqlite") ? KILLS_OF_SQLITE : KILLS_OF_OTHERS;
        long seed = Long.getLong("crash.seed", System.nanoTime());
        var random = new Random(seed);
        for (int round = 1; round <= kills; round++) {
            ChildJvm child = ChildJvm.start(Writer.class, directory.toString(), Integer.toString(round), place);
            child.awaitReady();
            LockSupport.parkNanos(random.nextInt(150_000_000));
            Map<Integer, Integer> underWay = follow(child.kill());
            Durable.awaitEndOfWork(place);
            compare(place, round, seed, underWay, round % SWEEP_EVERY == 0 || round == kills);
        }
    }

    /** Brings {@link #known} up to date and returns the steps that were begun and not acknowledged. */
    private Map<Integer, Integer> follow(List<String> lines) {
        Map<Integer, Integer> underWay = new HashMap<>();
        for (String line : lines) {
            String[] words = line.split(" ");
            if (words.length != 3) {
                continue;
            }
            int number = Integer.parseInt(words[1]);
            int version = Integer.parseInt(words[2]);
            if (words[0].equals(">")) {
                underWay.put(number, version);
            } else {
                known.put(number, version);
                underWay.remove(number);
            }
        }
        return underWay;
    }

    private void compare(String place, int round, long seed, Map<Integer, Integer> underWay, boolean sweep)
            throws IOException {
        try (Cacheness cache = Durable.builder(directory, place).build()) {
            Map<Integer, Integer> records = new HashMap<>();
            cache.query(Values.Version.class)
                    .list()
                    .forEach(match ->
                            records.put(match.record().number(), match.record().version()));
            for (int number = 0; number < Writer.KEYS; number++) {
                Optional<byte[]> value = cache.get(Values.key(number));
                int version = value.map(Values::versionOf).orElse(0);
                int before = known.getOrDefault(number, 0);
                assertThat(version)
                        .as("version of key %s after kill %s on %s, seed %s", number, round, place, seed)
                        .isIn(before, underWay.getOrDefault(number, before));
                if (value.isPresent()) {
                    assertThat(value.get())
                            .as("value of key %s after kill %s, seed %s", number, round, seed)
                            .isEqualTo(Values.value(number, version));
                }
                assertThat(records.getOrDefault(number, 0))
                        .as("custom metadata of key %s after kill %s on %s, seed %s", number, round, place, seed)
                        .isEqualTo(version);
                known.put(number, version);
            }
            assertThat(cache.stats().misses())
                    .as("misses after kill %s, seed %s", round, seed)
                    .containsEntry(MissReason.CORRUPT, 0L)
                    .containsEntry(MissReason.BACKEND_DOWN, 0L);
            if (sweep) {
                assertNoOrphans(cache, round, seed);
            }
        }
    }

    private void assertNoOrphans(Cacheness cache, int round, long seed) {
        long expected = cache.entries(EntryQuery.all()).stream()
                .filter(entry -> entry.sizeBytes() > INLINE)
                .count();
        await().untilAsserted(() -> assertThat(blobs())
                .as("blobs after kill %s, seed %s", round, seed)
                .isEqualTo(expected));
    }

    private long blobs() throws IOException {
        try (Stream<Path> paths = Files.walk(directory.resolve("blobs"))) {
            return paths.filter(Files::isRegularFile).count();
        }
    }
}
