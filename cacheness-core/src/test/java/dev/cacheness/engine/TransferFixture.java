package dev.cacheness.engine;

import static dev.cacheness.PutOption.attribute;
import static dev.cacheness.PutOption.description;
import static dev.cacheness.PutOption.tags;
import static dev.cacheness.PutOption.ttl;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.EntryMetadata;
import dev.cacheness.EntryQuery;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Entries of all sizes, and whether they are the same elsewhere. */
final class TransferFixture {

    static final int ENTRIES = 40;

    private static final int[] SIZES = {0, 10, 2_000, 30_000, 1_200_000};

    private TransferFixture() {}

    static CacheKey<byte[]> key(int number) {
        return CacheKey.in("numbers", Map.of("n", number)).as(byte[].class);
    }

    static byte[] value(int number) {
        byte[] bytes = new byte[SIZES[number % SIZES.length]];
        new Random(number).nextBytes(bytes);
        if (number % 2 == 0) {
            Arrays.fill(bytes, 0, bytes.length / 2, (byte) 7);
        }
        return bytes;
    }

    static void fill(Cacheness cache) {
        for (int n = 0; n < ENTRIES; n++) {
            cache.put(
                    key(n),
                    value(n),
                    attribute("n", n),
                    tags("t" + n % 3),
                    description("number " + n),
                    ttl(Duration.ofDays(1 + n)));
        }
        cache.put(CacheKey.of("text", 1), "größer 漢字");
    }

    static void assertSame(Cacheness actual, Cacheness expected) {
        List<EntryMetadata> there = actual.entries(EntryQuery.all());
        List<EntryMetadata> entries = expected.entries(EntryQuery.all());
        assertThat(there)
                .usingRecursiveComparison()
                .ignoringFields("codec", "sizeBytes")
                .ignoringCollectionOrder()
                .isEqualTo(entries);
        for (int n = 0; n < ENTRIES; n++) {
            assertThat(actual.get(key(n)).orElseThrow()).as("value %s", n).isEqualTo(value(n));
        }
        assertThat(actual.get(CacheKey.of("text", 1))).contains("größer 漢字");
        assertThat(actual.verify().isSound()).isTrue();
    }
}
