package dev.cacheness.internal.handler.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.MissReason;
import dev.cacheness.TypeRef;
import dev.cacheness.contract.HandlerContract;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerSettings;
import dev.cacheness.table.Column;
import dev.cacheness.table.ColumnType;
import dev.cacheness.table.Table;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableHandlerTests extends HandlerContract {

    record Price(LocalDate day, String symbol, double close, BigDecimal exact, Instant at, Integer volume) {}

    private static final Path FLIGHTS = Path.of("shared", "data", "flights-3m.parquet");

    private static final Handler<?> HANDLER = handlerWith("zstd");

    private static Handler<?> handlerWith(String codec) {
        return new TableHandlerProvider()
                .create(new HandlerSettings(TableHandlerTests.class.getClassLoader(), List.of(), codec, null));
    }

    @Override
    protected Handler<?> handler() {
        return HANDLER;
    }

    @Override
    protected List<?> samples() {
        return List.of(
                Table.of(List.of(Column.of("empty", ColumnType.INT, List.of()))),
                Table.of(Price.class, prices(3)),
                Table.of(List.of(
                        Column.of("boolean", ColumnType.BOOLEAN, Arrays.asList(true, null)),
                        Column.of("byte", ColumnType.BYTE, List.of(Byte.MIN_VALUE, (byte) 1)),
                        Column.of("short", ColumnType.SHORT, List.of(Short.MIN_VALUE, (short) 1)),
                        Column.of("int", ColumnType.INT, List.of(Integer.MIN_VALUE, 1)),
                        Column.of("long", ColumnType.LONG, List.of(Long.MIN_VALUE, 1L)),
                        Column.of("float", ColumnType.FLOAT, List.of(Float.NaN, -0f)),
                        Column.of("double", ColumnType.DOUBLE, List.of(Double.NEGATIVE_INFINITY, -0.0)),
                        Column.of("text", ColumnType.TEXT, Arrays.asList("", null)),
                        Column.of("ä \"b\"", ColumnType.TEXT, List.of("𝄞", "\0")),
                        Column.of("uuid", ColumnType.UUID, List.of(new UUID(-1, 2), new UUID(0, 0))),
                        Column.of("bytes", ColumnType.BYTES, List.of(new byte[0], new byte[] {1, -1})),
                        Column.of("nothing", ColumnType.DECIMAL, Arrays.asList(null, null)))),
                Table.of(List.of(
                        Column.of("date", ColumnType.DATE, List.of(LocalDate.of(-100, 1, 1), LocalDate.EPOCH)),
                        Column.of("all dates", ColumnType.DATE, List.of(LocalDate.MIN, LocalDate.MAX)),
                        Column.of("time", ColumnType.TIME, List.of(LocalTime.MIN, LocalTime.MAX)),
                        Column.of(
                                "micros",
                                ColumnType.DATE_TIME,
                                List.of(LocalDateTime.of(1, 1, 1, 1, 1), LocalDateTime.of(1969, 1, 1, 1, 1, 1, 1_000))),
                        Column.of(
                                "nanos",
                                ColumnType.INSTANT,
                                List.of(Instant.ofEpochSecond(-5, 1), Instant.ofEpochSecond(5, 999_999_999))),
                        Column.of("all instants", ColumnType.INSTANT, List.of(Instant.MIN, Instant.MAX)),
                        Column.of("all times", ColumnType.DATE_TIME, List.of(LocalDateTime.MIN, LocalDateTime.MAX)),
                        Column.of(
                                "cents", ColumnType.DECIMAL, List.of(new BigDecimal("1.10"), new BigDecimal("-0.01"))),
                        Column.of(
                                "large",
                                ColumnType.DECIMAL,
                                List.of(
                                        new BigDecimal(BigInteger.TEN.pow(37), 3),
                                        new BigDecimal(BigInteger.TEN.pow(37).negate(), 3))),
                        Column.of("scales", ColumnType.DECIMAL, List.of(new BigDecimal("1.10"), new BigDecimal("1e9"))),
                        Column.of(
                                "huge",
                                ColumnType.DECIMAL,
                                List.of(new BigDecimal(BigInteger.TEN.pow(60)), BigDecimal.ONE)))));
    }

    private static List<Price> prices(int count) {
        List<Price> prices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            prices.add(new Price(
                    LocalDate.EPOCH.plusDays(i),
                    "S" + i % 7,
                    i / 8.0,
                    BigDecimal.valueOf(i, 2),
                    Instant.ofEpochMilli(i * 1_000_001L),
                    i % 3 == 0 ? null : i));
        }
        return prices;
    }

    @Override
    protected Object random(Random random) {
        int rows = random.nextInt(40);
        List<Column> columns = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            ColumnType type = ColumnType.values()[random.nextInt(ColumnType.values().length)];
            Column.Builder builder = Column.builder("column" + i, type);
            boolean gaps = random.nextBoolean();
            for (int row = 0; row < rows; row++) {
                builder.append(gaps && random.nextInt(3) == 0 ? null : randomValue(random, type));
            }
            columns.add(builder.build());
        }
        return Table.of(columns);
    }

    private static Object randomValue(Random random, ColumnType type) {
        return switch (type) {
            case BOOLEAN -> random.nextBoolean();
            case BYTE -> (byte) random.nextInt();
            case SHORT -> (short) random.nextInt();
            case INT -> random.nextInt();
            case LONG -> random.nextLong();
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextGaussian();
            case TEXT -> text(random);
            case DECIMAL -> BigDecimal.valueOf(random.nextLong(), random.nextInt(3));
            case UUID -> new UUID(random.nextLong(), random.nextLong());
            case DATE -> LocalDate.ofEpochDay(random.nextInt(100_000));
            case TIME -> LocalTime.ofNanoOfDay(random.nextInt(Integer.MAX_VALUE));
            case DATE_TIME ->
                LocalDateTime.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000), ZoneOffset.UTC);
            case INSTANT -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1000) * 1_000_000L);
            case BYTES -> new BigInteger(random.nextInt(80), random).toByteArray();
        };
    }

    @Override
    protected void assertSame(Object actual, Object expected) {
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void recordsAreStoredAsATableOnDemandAndReadAsRecords() throws Exception {
        List<Price> prices = prices(100);

        byte[] bytes = write(prices);

        assertThat(handler().accepts(prices)).isFalse();
        assertThat(read(bytes, new TypeRef<List<Price>>() {}.type())).isEqualTo(prices);
        assertThat(read(bytes, Table.class)).isEqualTo(Table.of(Price.class, prices));
    }

    enum Side {
        BUY,
        SELL
    }

    record Trade(
            boolean open,
            byte tiny,
            short small,
            int number,
            long large,
            float ratio,
            double price,
            char letter,
            Integer boxed,
            String text,
            BigDecimal exact,
            UUID id,
            Side side,
            LocalDate day,
            LocalTime time,
            LocalDateTime at,
            Instant instant,
            OffsetDateTime offset,
            ZonedDateTime zoned,
            Duration duration,
            Period period,
            Year year) {}

    @Test
    void randomRecordsReadBackEqual() throws Exception {
        for (long seed = 1; seed <= 1_000; seed++) {
            Random random = new Random(seed);
            List<Trade> trades = Stream.generate(() -> trade(random))
                    .limit(1 + random.nextInt(20))
                    .toList();

            Object read = read(write(trades), new TypeRef<List<Trade>>() {}.type());

            assertThat(read).as("seed %s", seed).isEqualTo(trades);
        }
    }

    private static Trade trade(Random random) {
        Instant instant = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
        LocalDateTime at = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return new Trade(
                random.nextBoolean(),
                (byte) random.nextInt(),
                (short) random.nextInt(),
                random.nextInt(),
                random.nextLong(),
                Float.intBitsToFloat(random.nextInt()),
                Double.longBitsToDouble(random.nextLong()),
                (char) ('a' + random.nextInt(26)),
                random.nextBoolean() ? null : random.nextInt(),
                random.nextInt(5) == 0 ? null : text(random),
                new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(20) - 5),
                new UUID(random.nextLong(), random.nextLong()),
                Side.values()[random.nextInt(2)],
                at.toLocalDate(),
                at.toLocalTime(),
                at,
                instant,
                at.atOffset(ZoneOffset.ofHours(random.nextInt(36) - 18)),
                at.atZone(ZoneId.of("Europe/Berlin")),
                Duration.ofNanos(random.nextLong()),
                Period.of(random.nextInt(), random.nextInt(), random.nextInt()),
                Year.of(random.nextInt(4_000)));
    }

    /** Some come again, and there are letters of one to four bytes. */
    private static String text(Random random) {
        return random.nextBoolean()
                ? "text" + random.nextInt(50)
                : random.ints(random.nextInt(130), 0, Character.MAX_CODE_POINT + 1)
                        .filter(letter -> Character.getType(letter) != Character.SURROGATE)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    @Test
    void rowsOfAnotherRecordAreAChangedType() throws Exception {
        byte[] bytes = write(prices(2));

        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> read(bytes, new TypeRef<List<Unrelated>>() {}.type()))
                .withMessageContaining("'number'")
                .satisfies(ex -> assertThat(ex.missReason()).isEqualTo(MissReason.TYPE_CHANGED));
    }

    @Test
    void listsThatAreNoTablesAreRefused() {
        record Other(int number) {}
        for (Object value : List.of(
                List.of(),
                List.of("text"),
                List.of(new Unrelated(1), new Other(1)),
                List.of(new Holder(List.of())),
                "text")) {
            assertThatExceptionOfType(CacheSerializationException.class).isThrownBy(() -> write(value));
        }
    }

    record Holder(List<String> nested) {}

    @Test
    void everyCodecMakesAFileThatDuckDbReads(@TempDir Path directory) throws Exception {
        for (String codec : List.of("zstd", "lz4", "none")) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            @SuppressWarnings("unchecked")
            Handler<Object> writer = (Handler<Object>) handlerWith(codec);
            writer.write(Table.of(Price.class, prices(50_000)), out);
            Path file = Files.write(directory.resolve(codec + ".parquet"), out.toByteArray());

            try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                    ResultSet row = duck.createStatement()
                            .executeQuery(
                                    "select count(*), sum(close), sum(exact), max(day), count(volume), max(\"at\"),"
                                            + " count(distinct symbol) from '" + file + "'")) {
                row.next();
                assertThat(row.getLong(1)).isEqualTo(50_000);
                assertThat(row.getDouble(2)).isEqualTo(156_246_875.0);
                assertThat(row.getBigDecimal(3)).isEqualByComparingTo("12499750.00");
                assertThat(row.getObject(4, LocalDate.class)).isEqualTo(LocalDate.EPOCH.plusDays(49_999));
                assertThat(row.getLong(5)).isEqualTo(33_333);
                assertThat(row.getObject(6, java.time.OffsetDateTime.class).toInstant())
                        .isEqualTo(Instant.ofEpochMilli(49_999 * 1_000_001L));
                assertThat(row.getLong(7)).isEqualTo(7);
            }
            assertThat(handler().read(new ByteArrayInputStream(out.toByteArray()), Table.class))
                    .isEqualTo(Table.of(Price.class, prices(50_000)));
        }
    }

    @Test
    void aFileThatDuckDbWroteIsATable(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("duck.parquet");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            duck.createStatement()
                    .execute("copy (select i::int as i, i::bigint * 3 as l, i / 4.0::double as d, 't' || i as t,"
                            + " (i / 100)::decimal(9, 2) as m, date '2026-01-01' + i::int as day,"
                            + " case when i % 2 = 0 then null else i::smallint end as s, uuid() as u,"
                            + " timestamp '2026-01-01 00:00:00' as ts from range(1000) r(i))"
                            + " to '" + file + "' (format parquet, codec zstd)");
        }

        Table table = (Table) read(Files.readAllBytes(file), Table.class);

        assertThat(table.columns())
                .extracting(Column::type)
                .containsExactly(
                        ColumnType.INT,
                        ColumnType.LONG,
                        ColumnType.DOUBLE,
                        ColumnType.TEXT,
                        ColumnType.DECIMAL,
                        ColumnType.DATE,
                        ColumnType.SHORT,
                        ColumnType.UUID,
                        ColumnType.DATE_TIME);
        assertThat(table.rowCount()).isEqualTo(1_000);
        assertThat(table.column("t").get(999)).isEqualTo("t999");
        assertThat(table.column("day").get(1)).isEqualTo(LocalDate.of(2026, 1, 2));
        assertThat(table.column("s").get(2)).isNull();
        assertThat(table.column("ts").get(5)).isEqualTo(LocalDateTime.of(2026, 1, 1, 0, 0));
    }

    /** Three million flights of the package vega-datasets, written by Polars. The file is not part of the project. */
    @Test
    void aLargeFileOfAnotherProgramIsATable() throws Exception {
        Optional<Path> file = flights();
        assumeThat(file)
                .as("%s is in no folder above, and -Dcacheness.test.flights names no other", FLIGHTS)
                .isPresent();

        Table table = (Table) read(Files.readAllBytes(file.orElseThrow()), Table.class);

        assertThat(table.rowCount()).isEqualTo(3_000_000);
        assertThat(table.columnNames()).containsExactly("date", "delay", "distance", "origin", "destination");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet row = duck.createStatement()
                        .executeQuery("select sum(delay), sum(distance), count(distinct origin) from '"
                                + file.orElseThrow() + "'")) {
            row.next();
            assertThat(sum(table.column("delay"))).isEqualTo(row.getLong(1));
            assertThat(sum(table.column("distance"))).isEqualTo(row.getLong(2));
            assertThat(distinct(table.column("origin"))).hasSize(row.getInt(3));
        }
    }

    private static Optional<Path> flights() {
        String named = System.getProperty("cacheness.test.flights");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve(FLIGHTS))) {
            folder = folder.getParent();
        }
        return Optional.ofNullable(folder).map(found -> found.resolve(FLIGHTS));
    }

    private static long sum(Column column) {
        return IntStream.range(0, column.size())
                .filter(row -> !column.isNull(row))
                .mapToLong(column::getLong)
                .sum();
    }

    private static Set<Object> distinct(Column column) {
        return IntStream.range(0, column.size()).mapToObj(column::get).collect(Collectors.toSet());
    }

    @Test
    void anUnknownCodecAndNestedValuesAreRefused(@TempDir Path directory) throws Exception {
        for (String query : List.of(
                "(select 1 as a) to '%s' (format parquet, codec snappy)",
                "(select [1, 2] as a) to '%s' (format parquet, codec zstd)")) {
            Path file = directory.resolve("refused.parquet");
            try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
                duck.createStatement().execute("copy " + query.formatted(file));
            }
            byte[] bytes = Files.readAllBytes(file);

            assertThatExceptionOfType(CacheSerializationException.class)
                    .isThrownBy(() -> read(bytes, Table.class))
                    .satisfies(ex -> assertThat(ex.missReason()).isEqualTo(MissReason.REFUSED));
        }
    }

    @Test
    void withoutParquetTheMessageNamesWhatToAdd() throws Exception {
        MissingParquetHandler handler = new MissingParquetHandler();
        Table table = Table.of(Price.class, prices(1));

        assertThat(handler.accepts(table)).isTrue();
        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> handler.write(table, new ByteArrayOutputStream()))
                .withMessageContaining("org.apache.parquet:parquet-hadoop");
        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> handler.read(new ByteArrayInputStream(new byte[0]), Table.class))
                .satisfies(ex -> assertThat(ex.missReason()).isEqualTo(MissReason.REFUSED));
    }
}
