package dev.cacheness.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheCompressionException;
import dev.cacheness.spi.Codec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every codec keeps to. */
class CodecTests {

    private static final int MEBIBYTE = 1 << 20;

    private static final long SEED = 20_261_124L;

    static Stream<Codec> codecs() {
        CodecRegistry registry = new CodecRegistry();
        return Stream.of("zstd", "lz4", "gzip").map(registry::require);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void everyBlockIsRestoredAtEveryLevel(Codec codec) {
        Random random = new Random(SEED);

        for (int level = codec.minLevel(); level <= codec.maxLevel(); level++) {
            for (int length : List.of(0, 1, 13, 1000, random.nextInt(100_000))) {
                byte[] block = random.nextBoolean() ? noise(random, length) : text(random, length);

                assertThat(roundTrip(codec, block, level))
                        .as("seed %d, level %d, %d bytes", SEED, level, length)
                        .isEqualTo(block);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void aWholeMebibyteIsRestored(Codec codec) {
        Random random = new Random(SEED);

        for (byte[] block : List.of(noise(random, MEBIBYTE), text(random, MEBIBYTE), new byte[MEBIBYTE])) {
            assertThat(roundTrip(codec, block, codec.defaultLevel())).isEqualTo(block);
        }
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void aHigherLevelIsNotWorse(Codec codec) {
        byte[] block = text(new Random(SEED), MEBIBYTE);

        assertThat(compress(codec, block, codec.maxLevel()).length)
                .isLessThan(compress(codec, block, codec.minLevel()).length)
                .isLessThan(MEBIBYTE / 2);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void anotherSizeThanTheWrittenOneIsRefused(Codec codec) {
        byte[] block = text(new Random(SEED), 10_000);
        byte[] compressed = compress(codec, block, codec.defaultLevel());

        for (int wrong : List.of(0, 1, 9_999, 10_001, MEBIBYTE)) {
            assertThatExceptionOfType(CacheCompressionException.class)
                    .as("%d bytes", wrong)
                    .isThrownBy(() -> codec.decompress(compressed, 0, compressed.length, new byte[wrong], 0, wrong));
        }
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void aBombFillsNoMoreThanItsTarget(Codec codec) {
        byte[] bomb = compress(codec, new byte[MEBIBYTE], codec.defaultLevel());
        byte[] target = new byte[2000];
        Arrays.fill(target, (byte) 7);

        assertThatExceptionOfType(CacheCompressionException.class)
                .isThrownBy(() -> codec.decompress(bomb, 0, bomb.length, target, 500, 1000));
        assertThat(Arrays.copyOf(target, 500)).containsOnly(7);
        assertThat(Arrays.copyOfRange(target, 1500, 2000)).containsOnly(7);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void damagedBlocksAreRefusedOrRestoredToTheRightSize(Codec codec) {
        Random random = new Random(SEED);
        byte[] block = text(random, 5_000);
        byte[] compressed = compress(codec, block, codec.defaultLevel());
        int refused = 0;

        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = damage(random, compressed);
            try {
                codec.decompress(damaged, 0, damaged.length, new byte[block.length], 0, block.length);
            } catch (CacheCompressionException ex) {
                refused++;
            }
        }

        assertThat(refused).as("seed %d", SEED).isGreaterThan(500);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void onlyTheGivenPartsOfTheArraysAreTouched(Codec codec) {
        byte[] block = text(new Random(SEED), 3_000);
        byte[] source = new byte[5_000];
        System.arraycopy(block, 0, source, 700, block.length);

        byte[] compressed = new byte[codec.maxCompressedLength(block.length)];
        int length = codec.compress(source, 700, block.length, compressed, codec.defaultLevel());
        byte[] shifted = new byte[length + 20];
        System.arraycopy(compressed, 0, shifted, 10, length);
        byte[] target = new byte[4_000];
        codec.decompress(shifted, 10, length, target, 900, block.length);

        assertThat(Arrays.copyOfRange(target, 900, 3_900)).isEqualTo(block);
        assertThat(Arrays.copyOf(target, 900)).containsOnly(0);
        assertThat(Arrays.copyOfRange(target, 3_900, 4_000)).containsOnly(0);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void manyThreadsShareACodec(Codec codec) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            byte[] block = text(new Random(SEED + i), 50_000);
            tasks.add(() -> Arrays.equals(block, roundTrip(codec, block, codec.minLevel())));
        }

        try {
            for (var result : threads.invokeAll(tasks)) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static byte[] compress(Codec codec, byte[] block, int level) {
        byte[] target = new byte[codec.maxCompressedLength(block.length)];
        int length = codec.compress(block, 0, block.length, target, level);
        assertThat(length).isPositive();
        return Arrays.copyOf(target, length);
    }

    private static byte[] roundTrip(Codec codec, byte[] block, int level) {
        byte[] compressed = compress(codec, block, level);
        byte[] restored = new byte[block.length];
        codec.decompress(compressed, 0, compressed.length, restored, 0, restored.length);
        return restored;
    }

    private static byte[] noise(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(Random random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            boolean again = i > 20 && random.nextInt(100) < 85;
            bytes[i] = again ? bytes[i - 20] : (byte) ('a' + random.nextInt(20));
        }
        return bytes;
    }

    private static byte[] damage(Random random, byte[] bytes) {
        byte[] damaged = bytes.clone();
        switch (random.nextInt(3)) {
            case 0 -> damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
            default -> damaged = Arrays.copyOf(damaged, damaged.length + 1 + random.nextInt(50));
        }
        return damaged;
    }
}
