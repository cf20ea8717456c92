package dev.cacheness.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.MissReason;
import dev.cacheness.spi.Handler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every handler keeps to. */
public abstract class HandlerContract {

    private static final long SEED = 20_261_124L;

    /** How many damaged inputs are tried; {@code -Dcacheness.test.mutations} for more. */
    private static final int MUTATIONS = Integer.getInteger("cacheness.test.mutations", 5_000);

    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** A type that no value is of. */
    public record Unrelated(int number) {}

    /** The handler; any number of calls may give the same one. */
    protected abstract Handler<?> handler();

    /** Values that the handler must accept, the empty ones among them. */
    protected abstract List<?> samples();

    /** A value of random content and size. */
    protected abstract Object random(Random random);

    /** The type under which a value is read. */
    protected Type typeOf(Object value) {
        return value.getClass();
    }

    /** Compares what was read with what was written. */
    protected void assertSame(Object actual, Object expected) {
        assertThat(actual).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(expected);
    }

    @Test
    void samplesAreAcceptedAndReadBackEqual() throws Exception {
        for (Object sample : samples()) {
            assertThat(handler().accepts(sample)).as("%s", sample).isTrue();
            assertSame(read(write(sample), typeOf(sample)), sample);
        }
    }

    @Test
    void valuesReadBackEqualWhenTheReaderKnowsNoType() throws Exception {
        for (Object sample : samples()) {
            assertSame(read(write(sample), Object.class), sample);
        }
    }

    @Test
    void randomValuesReadBackEqual() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            long seed = SEED + i;
            Object value = random(new Random(seed));
            try {
                assertSame(read(write(value), typeOf(value)), value);
            } catch (CacheSerializationException | AssertionError ex) {
                fail("With seed " + seed, ex);
            }
        }
    }

    @Test
    void aReaderOfAnotherTypeIsToldThatTheTypeChanged() throws Exception {
        for (Object sample : samples()) {
            byte[] bytes = write(sample);

            assertThatExceptionOfType(CacheSerializationException.class)
                    .as("%s", sample)
                    .isThrownBy(() -> read(bytes, Unrelated.class))
                    .satisfies(ex -> assertThat(ex.missReason()).isEqualTo(MissReason.TYPE_CHANGED));
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void damagedBytesGiveAValueOrTheDocumentedException() throws Exception {
        List<byte[]> all = new ArrayList<>();
        for (Object sample : samples()) {
            all.add(write(sample));
        }
        for (int i = 0; i < MUTATIONS; i++) {
            long seed = SEED + i;
            Random random = new Random(seed);
            byte[] damaged = damage(random, all.get(random.nextInt(all.size())));
            long start = System.nanoTime();
            try {
                read(damaged, Object.class);
            } catch (CacheSerializationException ex) {
                // as documented
            } catch (Exception | Error ex) {
                fail("With seed " + seed, ex);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("seed %s", seed)
                    .isLessThan(LONGEST);
        }
    }

    @Test
    void whatTheStreamThrowsWhileWritingIsPassedOn() {
        IOException failure = new IOException("no space left");

        for (Object sample : samples()) {
            try {
                cast().write(sample, new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw failure;
                    }
                });
            } catch (Exception ex) {
                assertThat(ex).isSameAs(failure);
            }
        }
    }

    @Test
    void whatTheStreamThrowsWhileReadingIsPassedOn() throws Exception {
        IOException failure = new IOException("the disk is gone");

        for (Object sample : samples()) {
            byte[] bytes = write(sample);
            InputStream broken = new FilterInputStream(new ByteArrayInputStream(bytes)) {
                @Override
                public int read() throws IOException {
                    throw failure;
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    throw failure;
                }
            };

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> consume(handler().read(broken, typeOf(sample))))
                    .satisfies(ex -> assertThat(ex).isSameAs(failure));
        }
    }

    /** Reads a value to its end, where that is not done by the handler. */
    protected void consume(Object value) throws IOException {}

    @Test
    void manyThreadsShareAHandler() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Object value = random(new Random(SEED + i));
            tasks.add(() -> {
                assertSame(read(write(value), typeOf(value)), value);
                return true;
            });
        }

        try {
            for (var result : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** What the handler writes for a value. */
    protected final byte[] write(Object value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                throw new IllegalStateException("A handler leaves its stream open");
            }
        };
        cast().write(value, out);
        return out.toByteArray();
    }

    /** What the handler reads from the bytes. */
    protected final Object read(byte[] bytes, Type type) throws IOException {
        return handler().read(new ByteArrayInputStream(bytes), type);
    }

    @SuppressWarnings("unchecked")
    private Handler<Object> cast() {
        return (Handler<Object>) handler();
    }

    private static byte[] damage(Random random, byte[] bytes) {
        byte[] damaged = bytes.clone();
        int kind = damaged.length == 0 ? 4 : random.nextInt(5);
        switch (kind) {
            case 0 -> damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
            case 2 -> {
                for (int i = 0; i < 3; i++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
            }
            case 3 -> {
                int one = random.nextInt(damaged.length);
                int other = random.nextInt(damaged.length);
                damaged[one] = bytes[other];
                damaged[other] = bytes[one];
            }
            default -> {
                byte[] more = new byte[1 + random.nextInt(40)];
                random.nextBytes(more);
                damaged = Arrays.copyOf(damaged, damaged.length + more.length);
                System.arraycopy(more, 0, damaged, damaged.length - more.length, more.length);
            }
        }
        return damaged;
    }
}
