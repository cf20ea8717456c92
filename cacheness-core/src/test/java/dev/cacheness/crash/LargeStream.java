package dev.cacheness.crash;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.ValueSource;
import dev.cacheness.engine.CachenessBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Random;

/** Puts and gets a value of so many bytes as it is told, and prints how many of them came back as they were. */
final class LargeStream {

    private LargeStream() {}

    public static void main(String[] arguments) throws Exception {
        CacheKey<ValueSource> key = CacheKey.of("large", 1).as(ValueSource.class);
        long size = Long.parseLong(arguments[1]);
        try (Cacheness cache =
                CachenessBuilder.at(Path.of(arguments[0])).codec("lz4").build()) {
            cache.put(key, () -> new Pattern(size));
            try (InputStream expected = new Pattern(size);
                    InputStream actual = cache.get(key).orElseThrow().openStream()) {
                System.out.println("SAME " + sameBytes(expected, actual));
            }
        }
    }

    private static long sameBytes(InputStream expected, InputStream actual) throws IOException {
        long same = 0;
        while (true) {
            byte[] one = expected.readNBytes(1 << 20);
            byte[] other = actual.readNBytes(1 << 20);
            if (!java.util.Arrays.equals(one, other) || one.length == 0) {
                return same;
            }
            same += one.length;
        }
    }

    /** Noise that no codec makes smaller, the same every time. */
    private static final class Pattern extends InputStream {

        private final byte[] noise = new byte[(1 << 20) + 7];

        private final long size;

        private long position;

        Pattern(long size) {
            this.size = size;
            new Random(1).nextBytes(noise);
        }

        @Override
        public int read() {
            return position == size ? -1 : noise[(int) (position++ % noise.length)] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (position == size) {
                return -1;
            }
            int from = (int) (position % noise.length);
            int count = (int) Math.min(Math.min(length, size - position), noise.length - from);
            System.arraycopy(noise, from, target, offset, count);
            position += count;
            return count;
        }
    }
}
