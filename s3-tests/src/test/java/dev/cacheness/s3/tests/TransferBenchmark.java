package dev.cacheness.s3.tests;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * How long 64 MB take into the bucket and out of it, through the cache and by bare calls of the SDK, in turns. A program, not a test: the server is in the
 * process, so only the ratio means something. Arguments are options of the backend and their values.
 */
final class TransferBenchmark {

    private static final int SIZE = 64 << 20;

    private static final int WARM_UP = 3;

    private static final int ROUNDS = 11;

    private static final CacheKey<byte[]> KEY = CacheKey.of("size", SIZE).as(byte[].class);

    private TransferBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        byte[] value = new byte[SIZE];
        new Random(1).nextBytes(value);
        Path directory = Files.createTempDirectory("transfer");
        try (S3Server server = S3Server.start();
                S3Client client = server.client()) {
            client.createBucket(request -> request.bucket("transfer"));
            try (Cacheness cache = CachenessBuilder.at(directory)
                    .blobBackend("s3")
                    .blobOptions(server.options("transfer", arguments))
                    .codec("none")
                    .build()) {
                compare(
                        "put",
                        () -> client.putObject(
                                request -> request.bucket("transfer").key("bare"), RequestBody.fromBytes(value)),
                        () -> cache.put(KEY, value));
                compare(
                        "get",
                        () -> client.getObjectAsBytes(
                                        request -> request.bucket("transfer").key("bare"))
                                .asByteArray(),
                        () -> cache.get(KEY).orElseThrow());
            }
        }
    }

    private static void compare(String name, Runnable bare, Runnable cached) {
        long[] bareTimes = new long[ROUNDS];
        long[] cachedTimes = new long[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long first = time(bare);
            long second = time(cached);
            if (round >= 0) {
                bareTimes[round] = first;
                cachedTimes[round] = second;
            }
        }
        double bareMillis = median(bareTimes) / 1e6;
        double cachedMillis = median(cachedTimes) / 1e6;
        System.out.printf(
                "%s of 64 MB: bare %.0f ms, cache %.0f ms, ratio %.2f%n",
                name, bareMillis, cachedMillis, cachedMillis / bareMillis);
    }

    private static long time(Runnable task) {
        long begin = System.nanoTime();
        task.run();
        return System.nanoTime() - begin;
    }

    private static long median(long[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
