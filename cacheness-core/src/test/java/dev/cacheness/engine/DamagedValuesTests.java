package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.Durability;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.ValueSource;
import dev.cacheness.fault.DamagingBlobs;
import dev.cacheness.internal.blob.MemoryBlobBackendProvider;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.table.Table;
import dev.cacheness.table.TableSource;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Whatever becomes of stored bytes, nobody gets another value than the one that was put. {@code -Dcacheness.test.mutations} tries harder. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamagedValuesTests {

    record Row(int number, String text) {}

    private static final long SEED = 20_261_124L;

    private static final int MUTATIONS = Integer.getInteger("cacheness.test.mutations", 5_000);

    private static final Duration LONGEST = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private final DamagingBlobs blobs = new DamagingBlobs(new MemoryBlobBackendProvider()
            .open(new BackendSettings(Path.of("none"), Durability.PROCESS, InstantSource.system(), Map.of())));

    private final Logger log = (Logger) LoggerFactory.getLogger("dev.cacheness");

    private Cacheness cache;

    @BeforeEach
    void open() {
        log.setLevel(Level.OFF);
        cache = CachenessBuilder.inMemory()
                .blobBackend(blobs)
                .inlineThreshold(0)
                .trustedPackages(List.of("dev.cacheness.engine"))
                .build();
    }

    @AfterEach
    void close() {
        cache.close();
        log.setLevel(null);
    }

    @Test
    void bytes() {
        damageAll(byte[].class, new byte[] {1, 2, 3});
    }

    @Test
    void text() {
        damageAll(String.class, "text".repeat(500));
    }

    @Test
    void files() throws Exception {
        damageAll(Path.class, Files.writeString(directory.resolve("file"), "content"));
    }

    @Test
    void streams() {
        ValueSource value = () -> new ByteArrayInputStream(new byte[300]);

        damageAll(ValueSource.class, value);
        damageAll(InputStream.class, value);
    }

    @Test
    void arrays() {
        damageAll(double[].class, new double[] {1, 2, Double.NaN});
    }

    @Test
    void tables() {
        damageAll(Table.class, Table.of(Row.class, List.of(new Row(1, "a"), new Row(2, "b"))));
        damageAll(TableSource.class, TableSource.of(Row.class, () -> List.of(new Row(1, "a")).stream()));
    }

    @Test
    void json() {
        damageAll(Map.class, Map.of("a", List.of(1, true, "x")));
    }

    @Test
    void objects() {
        damageAll(Row.class, new Row(7, "text"));
    }

    private void damageAll(Class<?> type, Object value) {
        CacheKey<?> read = CacheKey.of("damaged", type.getName()).as(type);
        CacheKey<Object> written = CacheKey.of("damaged", type.getName());
        for (int i = 0; i < MUTATIONS; i++) {
            Random random = new Random(SEED + i);
            blobs.damage(null);
            cache.put(written, value);
            blobs.damage(bytes -> damaged(random, bytes));

            long start = System.nanoTime();

            assertThat(cache.lookup(read)).as("seed %s", SEED + i).isEqualTo(new Lookup.Miss<>(MissReason.CORRUPT));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("seed %s", SEED + i)
                    .isLessThan(LONGEST);
        }
    }

    /** Other bytes: some flipped, swapped or replaced, fewer, or more. */
    private static byte[] damaged(Random random, byte[] bytes) {
        while (true) {
            byte[] damaged = bytes.clone();
            switch (random.nextInt(5)) {
                case 0 -> damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                case 1 -> damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length));
                case 2 -> damaged = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(40));
                case 3 -> {
                    int one = random.nextInt(bytes.length);
                    int other = random.nextInt(bytes.length);
                    damaged[one] = bytes[other];
                    damaged[other] = bytes[one];
                }
                default -> random.nextBytes(damaged);
            }
            if (!Arrays.equals(damaged, bytes)) {
                return damaged;
            }
        }
    }
}
