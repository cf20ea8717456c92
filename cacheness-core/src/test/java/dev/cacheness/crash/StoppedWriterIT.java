package dev.cacheness.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheKey;
import dev.cacheness.CacheMetadataException;
import dev.cacheness.Cacheness;
import dev.cacheness.EntryQuery;
import dev.cacheness.MissReason;
import dev.cacheness.ValueSource;
import dev.cacheness.contract.PostgresqlServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node stands still in the middle of a put for longer than its intent lasts, while another one sweeps: the put fails or is whole, and never is there a row
 * without a blob. {@code -Dstop.rounds=…} stops it more often, {@code -Dstop.seed=…} repeats a run as far as processes can be repeated.
 */
class StoppedWriterIT {

    private static final int ROUNDS = Integer.getInteger("stop.rounds", 8);

    /** Longer than an intent lasts. */
    private static final Duration STANDSTILL = Duration.ofMillis(1_500);

    @TempDir
    Path directory;

    @Test
    void putOfANodeThatStoodStillIsWholeOrFails() throws Exception {
        String place = Durable.place(Durable.SHARED);
        long seed = Long.getLong("stop.seed", System.nanoTime());
        var random = new Random(seed);
        try (Cacheness cache = Durable.builder(directory, place).build()) {
            ChildJvm child = ChildJvm.start(Putter.class, directory.toString(), place);
            child.awaitReady();
            for (int round = 0; round < ROUNDS; round++) {
                LockSupport.parkNanos(200_000_000L + random.nextInt(100_000_000));
                child.pause();
                long end = System.nanoTime() + STANDSTILL.toNanos();
                while (System.nanoTime() < end) {
                    // The first one after the intent has ended dooms the blob.
                    cache.repair();
                    LockSupport.parkNanos(50_000_000);
                }
                child.resume();
                check(cache, seed);
            }
            LockSupport.parkNanos(300_000_000);
            child.kill();
            Durable.awaitEndOfWork("");
            check(cache, seed);
            assertThat(child.lines().stream().filter(line -> line.startsWith("failed")))
                    .as("failed puts, seed %s", seed)
                    .allMatch(
                            line -> line.contains("intent") || line.contains("timeout") || line.contains("connection"));
            assertNoOrphans(cache, seed);
        }
    }

    /** The same at a moment that is hard to meet: the intent ends while the blob is being written. */
    @Test
    void rowOfABlobThatWasDoomedIsRefused() throws IOException {
        String place = Durable.place(Durable.SHARED);
        byte[] former = Values.value(1, 1);
        try (Cacheness cache = Durable.builder(directory, place)
                        .codec("none")
                        .inlineThreshold(0)
                        .build();
                Cacheness other = Durable.builder(directory, place).build()) {
            cache.put(Values.key(1), former);
            ValueSource value =
                    () -> new SequenceInputStream(new ByteArrayInputStream(new byte[3_000_000]), new Standstill(() -> {
                        PostgresqlServer.execute("update crash.cacheness_intent set expires_at = 0 where not doomed");
                        other.repair();
                    }));

            assertThatExceptionOfType(CacheMetadataException.class)
                    .isThrownBy(() -> cache.put(CacheKey.of("number", 1), value))
                    .withMessageContaining("intent")
                    .withMessageContaining("put the value again");

            assertThat(other.get(Values.key(1))).contains(former);
            assertThat(blobs()).isEqualTo(1);
        }
    }

    /** A stream that does something before it ends. */
    private static final class Standstill extends InputStream {

        private final Runnable action;

        private boolean ended;

        Standstill(Runnable action) {
            this.action = action;
        }

        @Override
        public int read() {
            if (!ended) {
                ended = true;
                action.run();
            }
            return -1;
        }
    }

    private static void check(Cacheness cache, long seed) {
        for (int number = 0; number < Putter.KEYS; number++) {
            Optional<byte[]> value = cache.get(Values.key(number));
            if (value.isPresent()) {
                assertThat(value.get())
                        .as("value of key %s, seed %s", number, seed)
                        .isEqualTo(Values.value(number, Values.versionOf(value.get())));
            }
        }
        assertThat(cache.stats().misses())
                .as("misses, seed %s", seed)
                .containsEntry(MissReason.CORRUPT, 0L)
                .containsEntry(MissReason.BACKEND_DOWN, 0L);
    }

    /** What the killed one left is swept when its intents have ended, and, if it was about to delete a blob, after the minute that it has for that. */
    private void assertNoOrphans(Cacheness cache, long seed) {
        PostgresqlServer.execute("update crash.cacheness_intent set expires_at = 0 where doomed");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            cache.repair();
            assertThat(blobs()).as("blobs, seed %s", seed).isEqualTo(cache.count(EntryQuery.all()));
        });
        assertThat(cache.verify().isSound()).isTrue();
    }

    private long blobs() throws IOException {
        try (Stream<Path> paths = Files.walk(directory.resolve("blobs"))) {
            return paths.filter(Files::isRegularFile).count();
        }
    }
}
