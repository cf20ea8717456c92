package dev.cacheness.crash;

import com.github.luben.zstd.ZstdOutputStream;
import dev.cacheness.CacheException;
import dev.cacheness.internal.codec.CodecRegistry;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerProvider;
import dev.cacheness.spi.HandlerRegistry;
import dev.cacheness.spi.HandlerSettings;
import dev.cacheness.table.Column;
import dev.cacheness.table.ColumnType;
import dev.cacheness.table.Table;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Reads bytes that ask for more than this JVM has, and prints for each of them what came of it and after how many milliseconds. */
final class Bombs {

    private static final int MEBIBYTE = 1 << 20;

    private Bombs() {}

    private interface Bomb {

        void explode() throws IOException;
    }

    public static void main(String[] arguments) throws Exception {
        HandlerRegistry handlers = new HandlerRegistry();
        for (HandlerProvider provider : ServiceLoader.load(HandlerProvider.class)) {
            handlers.register(provider.create(
                    new HandlerSettings(Bombs.class.getClassLoader(), List.of("dev.cacheness"), "zstd", null)));
        }
        byte[] zeros = gibibyteOfZeros();
        Map<String, Bomb> bombs = new LinkedHashMap<>();
        bombs.put(
                "zstd of a gibibyte",
                () -> new CodecRegistry()
                        .require("zstd")
                        .decompress(zeros, 0, zeros.length, new byte[MEBIBYTE], 0, MEBIBYTE));
        bombs.put("array of 2^31 longs", () -> read(handlers, "array", array(5, Integer.MAX_VALUE - 8)));
        bombs.put("array of 2^60 arrays", () -> read(handlers, "array", array(5, 1 << 30, 1 << 30, 0)));
        bombs.put("array of many empty arrays", () -> read(handlers, "array", array(4, 100_000_000, 0)));
        bombs.put("JSON of depth 100,000", () -> read(handlers, "json", "[".repeat(100_000)));
        bombs.put("JSON number of 10 million digits", () -> read(handlers, "json", "9".repeat(10_000_000)));
        bombs.put("object with a forged length", () -> read(handlers, "object", forgedObject(handlers)));
        for (Map.Entry<String, Object> nested : NestedSets.all().entrySet()) {
            byte[] bytes = write(handlers, "object", nested.getValue());
            bombs.put("object of " + nested.getKey(), () -> read(handlers, "object", bytes));
        }
        bombs.put("Parquet with a forged footer", () -> read(handlers, "table", parquet(Integer.MAX_VALUE)));
        bombs.put("Parquet with an empty footer", () -> read(handlers, "table", parquet(0)));
        warmUp(handlers);
        for (Map.Entry<String, Bomb> bomb : bombs.entrySet()) {
            long start = System.nanoTime();
            String outcome;
            try {
                bomb.getValue().explode();
                outcome = "READ";
            } catch (CacheException ex) {
                outcome = "refused";
            }
            print(outcome + " " + (System.nanoTime() - start) / 1_000_000 + " " + bomb.getKey());
        }
    }

    private static void print(String line) {
        System.out.println(line);
    }

    private static void read(HandlerRegistry handlers, String name, String text) throws IOException {
        read(handlers, name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void read(HandlerRegistry handlers, String name, byte[] bytes) throws IOException {
        handlers.forName(name).orElseThrow().read(new ByteArrayInputStream(bytes), Object.class);
    }

    @SuppressWarnings("unchecked")
    private static byte[] write(HandlerRegistry handlers, String name, Object value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ((Handler<Object>) handlers.forName(name).orElseThrow()).write(value, out);
        return out.toByteArray();
    }

    /** The time that a JVM takes to load classes is none of a bomb's. */
    private static void warmUp(HandlerRegistry handlers) throws IOException {
        Column column = Column.of("a", ColumnType.INT, List.of(1));
        for (Map.Entry<String, Object> value : Map.<String, Object>of(
                        "array",
                        new long[1],
                        "json",
                        List.of(1),
                        "object",
                        List.of(1),
                        "table",
                        Table.of(List.of(column)))
                .entrySet()) {
            read(handlers, value.getKey(), write(handlers, value.getKey(), value.getValue()));
        }
    }

    private static byte[] gibibyteOfZeros() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(bytes)) {
            byte[] zeros = new byte[MEBIBYTE];
            for (int i = 0; i < 1024; i++) {
                out.write(zeros);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] array(int elementType, int... dimensions) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBytes("CNA1");
        out.writeByte(1);
        out.writeByte(elementType);
        out.writeByte(dimensions.length);
        out.writeByte(0);
        long elements = 1;
        for (int dimension : dimensions) {
            out.writeInt(dimension);
            elements *= dimension;
        }
        out.writeLong(elements * (elementType == 5 ? 8 : 4));
        return bytes.toByteArray();
    }

    /** A long array whose length, a number of variable width behind the header, is replaced by a large one. */
    private static byte[] forgedObject(HandlerRegistry handlers) throws IOException {
        byte[] bytes = write(handlers, "object", new long[] {1});
        byte[] forged = Arrays.copyOf(bytes, bytes.length + 4);
        Arrays.fill(forged, bytes.length - 9, bytes.length - 5, (byte) 0xff);
        return forged;
    }

    private static byte[] parquet(int footerLength) {
        byte[] bytes = new byte[10_000];
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put("PAR1".getBytes(StandardCharsets.US_ASCII));
        file.position(bytes.length - 8);
        file.putInt(footerLength).put("PAR1".getBytes(StandardCharsets.US_ASCII));
        return bytes;
    }
}
