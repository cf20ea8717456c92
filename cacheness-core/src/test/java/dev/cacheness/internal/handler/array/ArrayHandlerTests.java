package dev.cacheness.internal.handler.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.contract.HandlerContract;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerSettings;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ArrayHandlerTests extends HandlerContract {

    private static final Class<?>[] ELEMENTS = {
        boolean.class, byte.class, char.class, short.class, int.class, long.class, float.class, double.class,
        Boolean.class, Byte.class, Character.class, Short.class, Integer.class, Long.class, Float.class, Double.class,
        String.class
    };

    private static final Handler<?> HANDLER = handlerWith("zstd");

    private static Handler<?> handlerWith(String codec) {
        return new ArrayHandlerProvider()
                .create(new HandlerSettings(ArrayHandlerTests.class.getClassLoader(), List.of(), codec, null));
    }

    @Override
    protected Handler<?> handler() {
        return HANDLER;
    }

    @Override
    protected List<?> samples() {
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("weights", new double[][] {{1, 2}, {3, 4}});
        bundle.put("ä", new byte[] {1});
        bundle.put("", new String[0]);
        return List.of(
                new boolean[] {true, false},
                new char[] {'a', '\ud834'},
                new short[] {Short.MIN_VALUE, 5},
                new int[0],
                new int[] {1, -1},
                new long[] {Long.MAX_VALUE},
                new float[] {1.5f, Float.NaN, -0f},
                new double[] {1.5, Double.NEGATIVE_INFINITY, -0.0},
                new Integer[] {1, null, 3},
                new Double[] {null},
                new Boolean[] {true, null},
                new Character[0],
                new String[] {"a", null, "", "𝄞"},
                new int[][] {{1, 2, 3}, {4, 5, 6}},
                new int[][] {{1}, null, {}, {2, 3}},
                new int[0][],
                new int[3][0],
                new int[2][0][4],
                new int[5_000][0],
                new byte[][] {{1}, {2}},
                new long[2][3][4][2],
                new String[][] {{"a"}, {null, "b"}},
                new Float[][] {{1f, null}, null},
                doubles(200_000),
                bundle,
                Map.of("one", new int[] {1}),
                ByteBuffer.wrap(new byte[] {1, 2, 3}).order(ByteOrder.LITTLE_ENDIAN),
                CharBuffer.wrap("text"),
                ShortBuffer.wrap(new short[] {1}),
                IntBuffer.wrap(new int[] {1, 2}),
                LongBuffer.allocate(0),
                FloatBuffer.wrap(new float[] {1, Float.NaN}),
                DoubleBuffer.wrap(new double[] {1, 2}));
    }

    /** Smooth with a little noise, in several blocks. */
    private static double[] doubles(int length) {
        Random random = new Random(1);
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = Math.sin(i / 1000.0) + random.nextInt(100) / 1e6;
        }
        return values;
    }

    @Override
    protected Object random(Random random) {
        if (random.nextInt(10) == 0) {
            Map<String, Object> bundle = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bundle.put("name" + i, randomArray(random));
            }
            return bundle;
        }
        return randomArray(random);
    }

    private static Object randomArray(Random random) {
        Class<?> element = ELEMENTS[random.nextInt(ELEMENTS.length)];
        int rank = 1 + random.nextInt(4);
        boolean jagged = random.nextBoolean();
        int[] dimensions = new int[rank];
        for (int i = 0; i < rank; i++) {
            dimensions[i] = random.nextInt(7);
        }
        if (rank == 1 && random.nextInt(20) == 0) {
            dimensions[0] = 100_000 + random.nextInt(200_000);
        }
        return randomArray(random, element, dimensions, 0, jagged);
    }

    private static Object randomArray(Random random, Class<?> element, int[] dimensions, int level, boolean jagged) {
        Class<?> component = element;
        for (int i = level; i < dimensions.length - 1; i++) {
            component = component.arrayType();
        }
        int length = jagged && level > 0 ? random.nextInt(7) : dimensions[level];
        Object array = Array.newInstance(component, length);
        for (int i = 0; i < length; i++) {
            boolean gap = !component.isPrimitive() && jagged && random.nextInt(8) == 0;
            if (!gap) {
                Array.set(
                        array,
                        i,
                        level == dimensions.length - 1
                                ? randomElement(random, element)
                                : randomArray(random, element, dimensions, level + 1, jagged));
            }
        }
        return array;
    }

    private static Object randomElement(Random random, Class<?> element) {
        ElementType type = ElementType.of(element);
        if (type == null) {
            return "text" + random.nextInt(1000);
        }
        return switch (type) {
            case BOOLEAN -> random.nextBoolean();
            case BYTE -> (byte) random.nextInt();
            case CHAR -> (char) random.nextInt();
            case SHORT -> (short) random.nextInt();
            case INT -> random.nextInt();
            case LONG -> random.nextLong();
            case FLOAT -> Float.intBitsToFloat(random.nextInt());
            case DOUBLE -> Double.longBitsToDouble(random.nextLong());
        };
    }

    @Override
    protected void assertSame(Object actual, Object expected) {
        if (expected instanceof Map<?, ?> map) {
            Map<?, ?> read = (Map<?, ?>) actual;
            assertThat(new ArrayList<Object>(read.keySet())).isEqualTo(new ArrayList<Object>(map.keySet()));
            map.forEach((name, array) -> assertSame(read.get(name), array));
        } else if (expected.getClass().isArray()) {
            assertThat(actual).hasSameClassAs(expected);
            assertThat(java.util.Arrays.deepEquals(new Object[] {actual}, new Object[] {expected}))
                    .isTrue();
        } else {
            assertThat(actual).isEqualTo(expected);
        }
    }

    @Override
    protected java.lang.reflect.Type typeOf(Object value) {
        return value instanceof java.nio.Buffer buffer
                ? Buffers.ofArray(Buffers.toArray(buffer), ByteOrder.BIG_ENDIAN)
                        .getClass()
                        .getSuperclass()
                : value instanceof Map ? Map.class : value.getClass();
    }

    @Test
    void everyBitIsKept() throws Exception {
        int[] floats = {0x7f800001, 0x7fc12345, 0xffc00000, 0x80000000, 0x7f7fffff, 1};
        long[] doubles = {0x7ff0000000000001L, 0x7ff8123456789abcL, 0xfff8000000000000L, Long.MIN_VALUE, 1};
        float[] floatValues = new float[floats.length];
        double[] doubleValues = new double[doubles.length];
        ByteBuffer.wrap(bytesOf(floats)).asFloatBuffer().get(floatValues);
        ByteBuffer.wrap(bytesOf(doubles)).asDoubleBuffer().get(doubleValues);

        float[] readFloats = (float[]) read(write(floatValues), float[].class);
        double[] readDoubles = (double[]) read(write(doubleValues), double[].class);

        for (int i = 0; i < floats.length; i++) {
            assertThat(Float.floatToRawIntBits(readFloats[i])).isEqualTo(floats[i]);
        }
        for (int i = 0; i < doubles.length; i++) {
            assertThat(Double.doubleToRawLongBits(readDoubles[i])).isEqualTo(doubles[i]);
        }
    }

    @Test
    void aBufferIsStoredAsWhatRemainsInItAndStaysAsItIs() throws Exception {
        ByteBuffer direct = ByteBuffer.allocateDirect(10).order(ByteOrder.LITTLE_ENDIAN);
        direct.putInt(2, 42).position(2).limit(6);
        IntBuffer slice = IntBuffer.wrap(new int[] {1, 2, 3, 4}, 1, 2).slice().asReadOnlyBuffer();

        ByteBuffer read = (ByteBuffer) read(write(direct), ByteBuffer.class);

        assertThat(read.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(read.remaining()).isEqualTo(4);
        assertThat(read.getInt(0)).isEqualTo(42);
        assertThat(direct.position()).isEqualTo(2);
        assertThat(read(write(slice), IntBuffer.class)).isEqualTo(IntBuffer.wrap(new int[] {2, 3}));
    }

    @Test
    void smoothDataIsShuffledAndRepeatingDataIsNot() throws Exception {
        double[] smooth = doubles(100_000);
        double[] prices = new double[100_000];
        for (int i = 0; i < prices.length; i++) {
            prices[i] = 100 + (i / 7 % 50) / 100.0;
        }
        double[] noise = new Random(1)
                .longs(100_000)
                .mapToDouble(Double::longBitsToDouble)
                .toArray();

        assertThat(write(smooth).length).isLessThan(650_000);
        assertThat(write(prices).length).isLessThan(40_000);
        assertThat(write(noise).length).isBetween(740_000, 800_100);
        assertThat(write(smooth)[headerLength()] & 0x10).isEqualTo(0x10);
        assertThat(write(prices)[headerLength()] & 0x10).isZero();
    }

    /** Magic, form, element type, rank, not jagged, length, size of the elements, layout. */
    private static int headerLength() {
        return 4 + 1 + 1 + 1 + 1 + 4 + 8 + 1;
    }

    @Test
    void theCodecOfTheCacheIsUsed() throws Exception {
        double[] smooth = doubles(100_000);
        for (String codec : List.of("zstd", "lz4", "none", "gzip")) {
            byte[] bytes = writtenWith(codec, smooth);

            assertThat(bytes[headerLength() - 1]).as(codec).isEqualTo((byte) (codec.equals("none") ? 1 : 0));
            if (!codec.equals("none")) {
                assertThat(bytes[headerLength()] & 0xf).as(codec).isEqualTo(codec.equals("lz4") ? 2 : 1);
            }
            assertThat(read(bytes, double[].class))
                    .as("by a reader with another codec")
                    .isEqualTo(smooth);
        }
    }

    @Test
    void theExamplesOfTheFormatAreWhatIsWritten() throws Exception {
        short[][] rows = {{1, 2}, {3, 4}};

        assertThat(write(rows))
                .containsExactly(
                        'C', 'N', 'A', '2', // magic
                        1, // an array
                        3, // of short
                        2, // with two dimensions
                        0, // not jagged
                        0, 0, 0, 2, // two rows
                        0, 0, 0, 2, // of two elements
                        0, 0, 0, 0, 0, 0, 0, 8, // eight bytes of elements
                        0, // in blocks
                        0, // the first block is stored as it is
                        0, 0, 0, 8, // in eight bytes
                        1, 0, 2, 0, 3, 0, 4, 0);
        assertThat(writtenWith("none", rows))
                .containsExactly(
                        'C', 'N', 'A', '2', 1, 3, 2, 0, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 8, 1, // contiguous
                        6, // after six bytes that say nothing
                        0, 0, 0, 0, 0, 0, 1, 0, 2, 0, 3, 0, 4, 0);
    }

    @Test
    void whatTheFirstVersionOfTheFormatWroteIsRead() throws Exception {
        byte[] bytes = {
            'C', 'N', 'A', '1', 1, 3, 2, 0, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 8, 1, 0, 2, 0,
            3, 0, 4, 0
        };

        assertThat(handler().canRead(1)).isTrue();
        assertThat(read(bytes, short[][].class)).isEqualTo(new short[][] {{1, 2}, {3, 4}});
    }

    @Test
    void uncompressedValuesOfAllKindsReadBackEqual() throws Exception {
        float[] signal = new float[400_001];
        for (int i = 0; i < signal.length; i++) {
            signal[i] = i / 7f;
        }
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("flags", new boolean[] {true, false, true});
        bundle.put("signal", signal);
        bundle.put("jagged", new long[][] {{1}, {}, {2, 3}});
        bundle.put("boxes", new Integer[] {1, null, 3});
        bundle.put("texts", new String[] {"a", null, "\u00e9"});
        bundle.put("empty", new double[0]);

        Object read = read(writtenWith("none", bundle), Map.class);

        assertThat(read).usingRecursiveComparison().isEqualTo(bundle);
    }

    @Test
    void otherValuesAreLeftToOthers() {
        for (Object value : List.of(
                new Object[] {1},
                new Number[] {1},
                new Class<?>[0],
                "text",
                Map.of(),
                Map.of("a", 1),
                Map.of(1, new int[1]),
                new TreeMap<>(Map.of("a", new int[1])),
                new String[] {"\ud834"},
                new String[][] {{"a"}, {"\udd1e"}})) {
            assertThat(handler().accepts(value)).isFalse();
            if (!Map.of().equals(value)) {
                assertThatExceptionOfType(CacheSerializationException.class)
                        .isThrownBy(() -> write(value).toString());
            }
        }
    }

    @Test
    void anEmptyBundleIsKeptWhenAskedFor() throws Exception {
        assertThat(read(write(Map.of()), Map.class)).isEqualTo(Map.of());
    }

    @Test
    void forgedLengthsAreRefusedBeforeMemoryIsTaken() throws Exception {
        for (int magic : List.of(0x434e4131, 0x434e4132)) {
            refuseForgedLengths(magic);
        }
    }

    private void refuseForgedLengths(int magic) throws Exception {
        List<byte[]> forged = new ArrayList<>();
        forged.add(header(magic, 4, 1)
                .writeBoolean(false)
                .writeInt(Integer.MAX_VALUE)
                .bytes());
        forged.add(header(magic, 5, 3)
                .writeBoolean(false)
                .writeInt(1_000_000)
                .writeInt(1_000_000)
                .writeInt(1_000_000)
                .bytes());
        forged.add(header(magic, 4, 2)
                .writeBoolean(false)
                .writeInt(Integer.MAX_VALUE)
                .writeInt(0)
                .bytes());
        forged.add(header(magic, 4, 3)
                .writeBoolean(false)
                .writeInt(10_000_000)
                .writeInt(0)
                .writeInt(4)
                .writeLong(0)
                .writeByte(0)
                .bytes());
        forged.add(
                header(magic, 4, 2).writeBoolean(false).writeInt(-1).writeInt(0).bytes());
        forged.add(header(magic, 4, 2).writeBoolean(true).writeLong(1L << 60).bytes());
        forged.add(header(magic, 8, 1)
                .writeBoolean(false)
                .writeInt(2)
                .writeLong(1L << 40)
                .bytes());
        forged.add(header(magic, 99, 1).bytes());
        forged.add(header(magic, 4, 0).bytes());
        forged.add(new Forge()
                .writeInt(magic)
                .writeByte(3)
                .writeInt(Integer.MAX_VALUE)
                .bytes());
        forged.add(new Forge()
                .writeInt(magic)
                .writeByte(3)
                .writeInt(1)
                .writeInt(Integer.MAX_VALUE)
                .bytes());
        forged.add(new Forge()
                .writeInt(magic)
                .writeByte(2)
                .writeByte(4)
                .writeByte(0)
                .writeLong(Long.MAX_VALUE)
                .bytes());
        forged.add(header(magic, 4, 1)
                .writeBoolean(false)
                .writeInt(500_000_000)
                .writeLong(2_000_000_000)
                .writeByte(1)
                .writeByte(0)
                .bytes());

        for (byte[] bytes : forged) {
            assertThatExceptionOfType(CacheSerializationException.class).isThrownBy(() -> read(bytes, Object.class));
        }
    }

    private static Forge header(int magic, int kind, int rank) throws IOException {
        return new Forge().writeInt(magic).writeByte(1).writeByte(kind).writeByte(rank);
    }

    private static byte[] bytesOf(int[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * 4);
        buffer.asIntBuffer().put(values);
        return buffer.array();
    }

    private static byte[] bytesOf(long[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * 8);
        buffer.asLongBuffer().put(values);
        return buffer.array();
    }

    private static byte[] writtenWith(String codec, Object value) throws IOException {
        @SuppressWarnings("unchecked")
        Handler<Object> any = (Handler<Object>) handlerWith(codec);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        any.write(value, out);
        return out.toByteArray();
    }

    /** Writes by hand what no writer would. */
    private static final class Forge {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private final DataOutputStream out = new DataOutputStream(bytes);

        Forge writeByte(int value) throws IOException {
            out.writeByte(value);
            return this;
        }

        Forge writeBoolean(boolean value) throws IOException {
            out.writeBoolean(value);
            return this;
        }

        Forge writeInt(int value) throws IOException {
            out.writeInt(value);
            return this;
        }

        Forge writeLong(long value) throws IOException {
            out.writeLong(value);
            return this;
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
