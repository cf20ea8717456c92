package dev.cacheness.s3.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cacheness.Cacheness;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Kills a writing JVM at random moments, as {@code kill -9} does: what it acknowledged is in the bucket, what was under way is there as a whole or not at all,
 * and after the intents of the dead have ended a sweep leaves nothing that no entry refers to.
 */
class KilledWriterIT {

    private static final int KILLS = Integer.getInteger("crash.kills", 8);

    @TempDir
    Path directory;

    /** The version that is known to be there for each key. */
    private final Map<Integer, Integer> known = new HashMap<>();

    @Test
    void acknowledgedPutsHoldAndNoOrphanOutlivesASweep() throws Exception {
        long seed = Long.getLong("crash.seed", System.nanoTime());
        var random = new Random(seed);
        try (S3Server server = S3Server.start();
                S3Client client = server.client()) {
            client.createBucket(request -> request.bucket("killed"));
            for (int round = 1; round <= KILLS; round++) {
                Map<Integer, Integer> underWay = runAndKill(server, round, 5 + random.nextInt(30));
                try (Cacheness cache = Writer.cache(directory, server.endpoint())) {
                    compare(cache, underWay, "kill " + round + ", seed " + seed);
                }
            }

            Intents.endAll(directory);
            try (Cacheness cache = Writer.cache(directory, server.endpoint())) {
                assertThat(cache.repair().problemCount()).as("seed %s", seed).isZero();
                // The sweep of the start may still be at it.
                await().untilAsserted(() -> assertThat(S3Server.blobs(client, "killed"))
                        .as("seed %s", seed)
                        .hasSize(known.size()));
                assertThat(client.listMultipartUploads(request -> request.bucket("killed"))
                                .uploads())
                        .as("seed %s", seed)
                        .isEmpty();
            }
        }
    }

    /** @return what was begun and not acknowledged */
    private Map<Integer, Integer> runAndKill(S3Server server, int round, int lines)
            throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        directory.toString(),
                        server.endpoint().toString(),
                        Integer.toString(round)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> output = new ArrayList<>();
        try (BufferedReader reader = writer.inputReader()) {
            String line;
            while ((line = reader.readLine()) != null) {
                output.add(line);
                if (output.size() == lines) {
                    // By its handle, for the process itself would close the output before the last lines are read.
                    writer.toHandle().destroyForcibly();
                }
            }
        }
        writer.waitFor();
        assertThat(output).as("lines of the writer").hasSizeGreaterThanOrEqualTo(lines);
        return follow(output);
    }

    private Map<Integer, Integer> follow(List<String> output) {
        Map<Integer, Integer> underWay = new HashMap<>();
        for (String line : output) {
            String[] words = line.split(" ");
            if (words.length == 3) {
                int number = Integer.parseInt(words[1]);
                int version = Integer.parseInt(words[2]);
                if (words[0].equals(">")) {
                    underWay.put(number, version);
                } else {
                    known.put(number, version);
                    underWay.remove(number);
                }
            }
        }
        return underWay;
    }

    private void compare(Cacheness cache, Map<Integer, Integer> underWay, String when) {
        for (int number = 0; number < Writer.KEYS; number++) {
            Optional<byte[]> value = cache.get(Writer.key(number));
            int version = value.map(Writer::versionOf).orElse(0);
            int before = known.getOrDefault(number, 0);
            assertThat(version)
                    .as("version of key %s after %s", number, when)
                    .isIn(before, underWay.getOrDefault(number, before));
            if (value.isPresent()) {
                assertThat(value.get())
                        .as("value of key %s after %s", number, when)
                        .isEqualTo(Writer.value(number, version));
                known.put(number, version);
            }
        }
    }
}
