package dev.cacheness.s3.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheException;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.IntegrityReport;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.s3.S3Blobs;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Part;

/**
 * A bucket behind a network and a server that fail as scripts say: whatever goes wrong, what was put is there, what failed has changed nothing, a read is the
 * right value or a miss, and when the trouble is over a sweep leaves nothing that nobody refers to.
 *
 * <p>{@code -Ds3.runs=5000} runs more scripts, {@code -Ds3.seed=…} other ones.
 */
class S3ScriptedFaultsTests {

    private static final int RUNS = Integer.getInteger("s3.runs", 500);

    private static final long SEED = Long.getLong("s3.seed", 1);

    private static final int RUNS_OF_A_CACHE = 100;

    private static final int STEPS = 4;

    private static final int KEYS = 5;

    private static final int[] SIZES = {
        17_000, 18_000, 19_000, 20_000, 30_000, 40_000, 50_000, 60_000, 70_000, 300_000, 1_200_000, 5_500_000
    };

    private static final double[] RATES = {0.05, 0.2, 0.5, 0.9};

    @TempDir
    Path directory;

    private final FaultyTransport transport = new FaultyTransport();

    /** The version of each key that must be there, none if there must be no value. */
    private final Map<Integer, Integer> known = new HashMap<>();

    private S3Server server;

    private S3Client client;

    private int misses;

    private int failedPuts;

    @BeforeEach
    void startServer() {
        server = S3Server.start();
        client = server.client(transport);
        client.createBucket(request -> request.bucket("scripted"));
    }

    @AfterEach
    void stopServer() {
        client.close();
        server.close();
    }

    @Test
    void nothingIsLostNothingLiveIsDeletedAndNoOrphanOutlivesASweep() {
        for (int first = 0; first < RUNS; first += RUNS_OF_A_CACHE) {
            try (Cacheness cache = open()) {
                for (int run = first; run < Math.min(RUNS, first + RUNS_OF_A_CACHE); run++) {
                    run(cache, run);
                }
            }
        }

        Intents.endAll(directory);
        try (Cacheness cache = open()) {
            IntegrityReport report = cache.repair();
            assertThat(report.problemCount()).as("problems, seed %s", SEED).isZero();
            // The sweep of the start may still be at it.
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(S3Server.blobs(client, "scripted"))
                            .as("objects, seed %s", SEED)
                            .hasSize(known.size()));
            assertThat(bytesOfUnfinishedUploads())
                    .as("bytes in unfinished uploads, seed %s", SEED)
                    .isZero();
            assertThat(cache.verify().isSound()).isTrue();
        }
        assertThat(transport.faults()).isGreaterThan(RUNS / 2);
        assertThat(failedPuts).isPositive();
        assertThat(misses).isPositive();
    }

    /** An upload whose beginning was answered too late to be heard of stays, but never gets a part. */
    private long bytesOfUnfinishedUploads() {
        return client.listMultipartUploads(request -> request.bucket("scripted")).uploads().stream()
                .flatMap(upload -> client
                        .listParts(request ->
                                request.bucket("scripted").key(upload.key()).uploadId(upload.uploadId()))
                        .parts()
                        .stream())
                .mapToLong(Part::size)
                .sum();
    }

    private Cacheness open() {
        return CachenessBuilder.at(directory)
                .register(S3Blobs.provider(client))
                .blobBackend("s3")
                .blobOptions(Map.of(
                        "bucket",
                        "scripted",
                        "prefix",
                        "a/b",
                        "pause",
                        "1ms",
                        "multipart-threshold",
                        "5MB",
                        "part-size",
                        "5MB"))
                .codec("none")
                .inlineThreshold(16 * 1024)
                .build();
    }

    private void run(Cacheness cache, int run) {
        var random = new SplittableRandom(SEED * 1_000_003 + run);
        transport.script(SEED * 1_000_003 + run, RATES[random.nextInt(RATES.length)]);
        for (int step = 0; step < STEPS; step++) {
            int key = random.nextInt(KEYS);
            int choice = random.nextInt(10);
            if (choice < 4) {
                put(cache, key, run * 100 + step);
            } else if (choice < 9) {
                Optional<byte[]> value = cache.get(key(key));
                if (value.isPresent()) {
                    assertThat(value.get())
                            .as("key %s in run %s, seed %s", key, run, SEED)
                            .isEqualTo(expected(key));
                } else {
                    misses += known.containsKey(key) ? 1 : 0;
                }
            } else {
                cache.invalidate(key(key));
                known.remove(key);
            }
        }
        transport.heal();
        for (int key = 0; key < KEYS; key++) {
            if (random.nextInt(4) == 0) {
                assertThat(afterThePause(cache, key(key)))
                        .as("key %s after run %s, seed %s", key, run, SEED)
                        .isEqualTo(expected(key));
            }
        }
    }

    /** The bucket is left alone for a moment after it could not be reached. */
    private static byte[] afterThePause(Cacheness cache, CacheKey<byte[]> key) {
        return await().until(
                        () -> cache.lookup(key),
                        answer -> !answer.equals(new Lookup.Miss<byte[]>(MissReason.BACKEND_DOWN)))
                .value()
                .orElse(null);
    }

    private void put(Cacheness cache, int key, int version) {
        try {
            cache.put(key(key), value(key, version));
            known.put(key, version);
        } catch (CacheException ex) {
            failedPuts++;
        }
    }

    private byte[] expected(int key) {
        Integer version = known.get(key);
        return version == null ? null : value(key, version);
    }

    private static CacheKey<byte[]> key(int number) {
        return CacheKey.of("number", number).as(byte[].class);
    }

    private static byte[] value(int key, int version) {
        byte[] bytes = new byte[SIZES[version % SIZES.length]];
        ByteBuffer.wrap(bytes).putInt(key).putInt(version);
        byte[] noise = new byte[1_000];
        new Random(version).nextBytes(noise);
        for (int i = 8; i + noise.length < bytes.length; i += 10_000) {
            System.arraycopy(noise, 0, bytes, i, noise.length);
        }
        return bytes;
    }
}
