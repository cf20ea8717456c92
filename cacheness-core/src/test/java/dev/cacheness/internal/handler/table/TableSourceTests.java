package dev.cacheness.internal.handler.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.TypeRef;
import dev.cacheness.contract.HandlerContract;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerSettings;
import dev.cacheness.table.Column;
import dev.cacheness.table.ColumnType;
import dev.cacheness.table.Table;
import dev.cacheness.table.TableSource;
import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableSourceTests extends HandlerContract {

    enum Side {
        BUY,
        SELL
    }

    record Trade(long id, String symbol, Side side, BigDecimal price, LocalDate day, Instant at, Integer size) {}

    record Plain(int number, String text) {}

    private static final Handler<?> HANDLER = new TableHandlerProvider()
            .create(new HandlerSettings(TableSourceTests.class.getClassLoader(), List.of(), "zstd", null));

    @Override
    protected Handler<?> handler() {
        return HANDLER;
    }

    private static TableSource trades(int count) {
        return TableSource.of(Trade.class, () -> IntStream.range(0, count).mapToObj(TableSourceTests::trade));
    }

    private static Trade trade(int number) {
        return new Trade(
                number,
                number % 5 == 0 ? null : "S" + number % 7,
                Side.values()[number % 2],
                BigDecimal.valueOf(number, number > 9_000 ? 3 : 2),
                LocalDate.EPOCH.plusDays(number),
                Instant.ofEpochSecond(number, number == 9_001 ? 1 : 1_000),
                number < 10_000 ? number : null);
    }

    @Override
    protected List<?> samples() {
        return List.of(trades(0), trades(3), trades(100), parts(new Random(1)));
    }

    @Override
    protected Object random(Random random) {
        return parts(random);
    }

    /** Parts of which the first does not show what is in the others. */
    private static TableSource parts(Random random) {
        List<Table> parts = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int rows = random.nextInt(20);
            List<Column> columns = new ArrayList<>();
            for (ColumnType type : List.of(ColumnType.INT, ColumnType.DECIMAL, ColumnType.INSTANT, ColumnType.DATE)) {
                Column.Builder column = Column.builder(type.name(), type);
                for (int row = 0; row < rows; row++) {
                    column.append(i < 2 && random.nextInt(4) == 0 ? null : value(random, type, i));
                }
                columns.add(column.build());
            }
            parts.add(Table.of(columns));
        }
        return parts::stream;
    }

    private static Object value(Random random, ColumnType type, int part) {
        return switch (type) {
            case INT -> random.nextInt();
            case DECIMAL -> BigDecimal.valueOf(random.nextLong(), part + random.nextInt(2));
            case INSTANT -> part == 0 ? Instant.MAX : Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000));
            default -> part == 0 ? LocalDate.MIN : LocalDate.ofEpochDay(random.nextInt());
        };
    }

    @Override
    protected Type typeOf(Object value) {
        return TableSource.class;
    }

    @Override
    protected void assertSame(Object actual, Object expected) {
        try (TableSource one = (TableSource) actual;
                var rows = one.rows();
                var others = ((TableSource) expected).rows()) {
            assertThat(rows.toList()).isEqualTo(others.toList());
        }
    }

    @Override
    protected void consume(Object value) throws IOException {
        try (var parts = ((TableSource) value).tables()) {
            parts.forEach(Table::rowCount);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8_192, 8_193, 30_000})
    void recordsComeBackInPartsThatFitTheHeap(int count) throws Exception {
        byte[] bytes = write(trades(count));

        try (TableSource source = (TableSource) read(bytes, TableSource.class);
                Stream<Table> parts = source.tables();
                Stream<Trade> rows = source.rows(Trade.class)) {
            assertThat(parts).isNotEmpty().allMatch(part -> part.rowCount() <= 8_192);
            assertThat(rows)
                    .containsExactlyElementsOf(IntStream.range(0, count)
                            .mapToObj(TableSourceTests::trade)
                            .toList());
        }
    }

    @Test
    void aSourceIsReadAsATableAndATableAsASource() throws Exception {
        List<Plain> rows = List.of(new Plain(1, "a"), new Plain(2, "b"));
        byte[] source = write(TableSource.of(Plain.class, rows::stream));
        byte[] table = write(Table.of(Plain.class, rows));

        assertThat(read(source, Table.class)).isEqualTo(Table.of(Plain.class, rows));
        assertThat(read(source, new TypeRef<List<Plain>>() {}.type())).isEqualTo(rows);
        assertThat(((TableSource) read(table, TableSource.class)).rows(Plain.class))
                .containsExactlyElementsOf(rows);
    }

    @Test
    void aSourceIsReadOnceIfItsTypesAreKnownInAdvance() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        TableSource source = TableSource.of(Plain.class, () -> {
            reads.incrementAndGet();
            return Stream.of(new Plain(1, "a"));
        });

        write(source);

        assertThat(reads).hasValue(1);
    }

    @Test
    void everyStreamOfASourceIsClosed() throws Exception {
        AtomicInteger open = new AtomicInteger();
        TableSource source = TableSource.of(Trade.class, () -> {
            open.incrementAndGet();
            return Stream.of(trade(1)).onClose(open::decrementAndGet);
        });

        write(source);

        assertThat(open).hasValue(0);
    }

    @Test
    void partsOfDifferentColumnsAreRefused() {
        Table one = Table.of(Plain.class, List.of());
        TableSource source = () -> Stream.of(one, one.select("text"));

        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> write(source))
                .withMessageContaining("different columns");
    }

    @Test
    void aSourceThatChangesIsNeverStoredWrong() {
        AtomicInteger reads = new AtomicInteger();
        Table cents = decimals(new BigDecimal("1.10"));
        Table mills = decimals(new BigDecimal("1.100"));
        TableSource source = () -> Stream.of(reads.getAndIncrement() == 0 ? cents : mills);

        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> write(source))
                .withMessageContaining("1.100");
    }

    private static Table decimals(BigDecimal value) {
        return Table.of(List.of(Column.of("a", ColumnType.DECIMAL, Arrays.asList(value, null))));
    }

    @Test
    void aClosedSourceSaysSo() throws Exception {
        TableSource source = (TableSource) read(write(trades(2)), TableSource.class);
        source.close();

        assertThatIllegalStateException().isThrownBy(source::tables).withMessageContaining("get it from the cache");
    }

    @Test
    void duckDbReadsAStreamedTable(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("trades.parquet"), write(trades(20_000)));

        try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                var row = duck.createStatement()
                        .executeQuery(
                                "select count(*), count(size), min(day), count(distinct side) from '" + file + "'")) {
            row.next();
            assertThat(row.getLong(1)).isEqualTo(20_000);
            assertThat(row.getLong(2)).isEqualTo(10_000);
            assertThat(row.getObject(3, LocalDate.class)).isEqualTo(LocalDate.EPOCH);
            assertThat(row.getLong(4)).isEqualTo(2);
        }
    }
}
