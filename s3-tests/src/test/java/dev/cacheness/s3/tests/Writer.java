package dev.cacheness.s3.tests;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/** Puts until it is killed, telling before and after each: {@code > number version} and {@code < number version}. */
final class Writer {

    static final int KEYS = 6;

    private static final int[] SIZES = {20_000, 50_000, 200_000, 5_400_000};

    private Writer() {}

    public static void main(String[] arguments) {
        int round = Integer.parseInt(arguments[2]);
        var random = new Random(round);
        try (Cacheness cache = cache(Path.of(arguments[0]), URI.create(arguments[1]))) {
            System.out.println("READY");
            for (int step = 1; ; step++) {
                int number = random.nextInt(KEYS);
                int version = round * 1_000 + step;
                System.out.println("> " + number + " " + version);
                cache.put(key(number), value(number, version));
                System.out.println("< " + number + " " + version);
            }
        }
    }

    static Cacheness cache(Path directory, URI endpoint) {
        return CachenessBuilder.at(directory)
                .blobBackend("s3")
                .blobOptions(Map.of(
                        "endpoint",
                        endpoint.toString(),
                        "bucket",
                        "killed",
                        "access-key-id",
                        S3Server.USER,
                        "secret-access-key",
                        S3Server.SECRET,
                        "part-size",
                        "5MB",
                        "multipart-threshold",
                        "5MB"))
                .codec("none")
                .inlineThreshold(16 * 1024)
                .build();
    }

    static CacheKey<byte[]> key(int number) {
        return CacheKey.of("number", number).as(byte[].class);
    }

    static byte[] value(int number, int version) {
        byte[] bytes = new byte[SIZES[version % SIZES.length]];
        new Random(version).nextBytes(bytes);
        ByteBuffer.wrap(bytes).putInt(number).putInt(version);
        return bytes;
    }

    static int versionOf(byte[] value) {
        return ByteBuffer.wrap(value).getInt(4);
    }
}
