package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.ParallelInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a handler is given that lets several threads read one value. */
class ParallelReadsTests {

    private static final CacheKey<byte[]> KEY = CacheKey.of("bytes", 1).as(byte[].class);

    private final ExecutorService helpers = Executors.newFixedThreadPool(3);

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        helpers.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({
        "100,0,100", // within the first block
        "1048576,0,1048576",
        "1048577,1,1048576", // into the last block
        "7000000,13,6999987", // from within a block to the end
        "7000000,0,7000000",
        "7000000,13,1000", // within a block that was begun
        "7000000,13,3000000", // from within a block into another one
        "7000000,1048576,2097152", // whole blocks only
        "7000000,6291456,708544", // the last block only
        "7000000,6999999,0"
    })
    void everyByteArrivesOnceWhereverATransferBeginsAndEnds(int size, int before, int length) {
        byte[] value = bytes(size);
        for (Place place : List.of(Place.AT_ONCE, Place.WITH_THE_FIRST_PIECE)) {
            for (String codec : new String[] {"none", "zstd"}) {
                Path there = directory.resolve(place + codec);
                try (Cacheness cache = cache(there, codec, new Bytes(before, length, place))) {
                    cache.put(KEY, value);
                    assertThat(cache.get(KEY).orElseThrow()).isEqualTo(value);
                }
            }
        }
    }

    @Test
    void whatTheTargetThrowsEndsTheTransfer() {
        try (Cacheness cache = cache(directory, "none", new Bytes(0, 7_000_000, Place.NONE))) {
            cache.put(KEY, bytes(7_000_000));
            assertThat(cache.lookup(KEY)).isEqualTo(new Lookup.Miss<byte[]>(MissReason.BACKEND_DOWN));
        }
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Arrays.fill(bytes, size / 3, size / 2, (byte) 7);
        return bytes;
    }

    private static Cacheness cache(Path directory, String codec, Handler<?> handler) {
        return CachenessBuilder.at(directory).codec(codec).handler(handler, 0).build();
    }

    /** When there is a place for the pieces. */
    private enum Place {
        AT_ONCE,
        WITH_THE_FIRST_PIECE,
        NONE
    }

    /** Bytes, some in order, some by a transfer, the rest in order. */
    private final class Bytes implements Handler<byte[]> {

        private final int before;

        private final int length;

        private final Place place;

        Bytes(int before, int length, Place place) {
            this.before = before;
            this.length = length;
            this.place = place;
        }

        @Override
        public String name() {
            return "bytes-in-pieces";
        }

        @Override
        public boolean accepts(Object value) {
            return value instanceof byte[];
        }

        @Override
        public void write(byte[] value, OutputStream out) throws IOException {
            out.write(value);
        }

        @Override
        public byte[] read(InputStream in, Type type) throws IOException {
            ParallelInput parallel = (ParallelInput) in;
            byte[] value = new byte[(int) parallel.remaining()];
            in.readNBytes(value, 0, before);
            var pieces = new Pieces(value);
            parallel.transfer(length, helpers, 3, pieces);
            assertThat(parallel.position()).isEqualTo(before + length);
            assertThat(pieces.given).isEqualTo(length);
            in.readNBytes(value, before + length, value.length - before - length);
            assertThat(in.read()).isEqualTo(-1);
            return value;
        }

        private final class Pieces implements ParallelInput.Target {

            private final byte[] value;

            private long given;

            private volatile boolean ready = place == Place.AT_ONCE;

            Pieces(byte[] value) {
                this.value = value;
            }

            @Override
            public synchronized void accept(long position, byte[] bytes, int offset, int length) throws IOException {
                if (place == Place.NONE && position > 0) {
                    throw new IOException("There is no place");
                }
                ready = true;
                given += length;
                System.arraycopy(bytes, offset, value, before + (int) position, length);
            }

            @Override
            public boolean isReady() {
                return ready;
            }
        }
    }
}
