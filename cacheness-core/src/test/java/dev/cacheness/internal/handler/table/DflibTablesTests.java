package dev.cacheness.internal.handler.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.MissReason;
import dev.cacheness.contract.HandlerContract;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerSettings;
import dev.cacheness.table.Table;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.dflib.DataFrame;
import org.dflib.IntSeries;
import org.dflib.Series;
import org.junit.jupiter.api.Test;

class DflibTablesTests extends HandlerContract {

    private static final Handler<?> HANDLER = new TableHandlerProvider()
            .create(new HandlerSettings(DflibTablesTests.class.getClassLoader(), List.of(), "zstd", null));

    @Override
    protected Handler<?> handler() {
        return HANDLER;
    }

    @Override
    protected List<?> samples() {
        return List.of(
                frame(),
                DataFrame.byColumn("none").of(Series.ofInt()),
                Series.ofInt(1, 2),
                Series.ofLong(1),
                Series.ofDouble(Double.NaN),
                Series.ofFloat(-0f),
                Series.ofBool(true, false),
                Series.of("a", null),
                Series.of(1, 2));
    }

    private static DataFrame frame() {
        return DataFrame.byColumn("day", "symbol", "close", "exact", "volume", "boxed")
                .of(
                        Series.of(LocalDate.EPOCH, null),
                        Series.of("a", "b"),
                        Series.ofDouble(1.5, 2),
                        Series.of(new BigDecimal("1.10"), new BigDecimal("2.20")),
                        Series.ofLong(1, 2),
                        Series.of(1, 2));
    }

    @Override
    protected Object random(Random random) {
        int size = random.nextInt(30);
        Series<?> doubles = Series.ofDouble(random.doubles(size).toArray());
        Series<?> texts = Series.of(
                random.ints(size).mapToObj(i -> i % 5 == 0 ? null : "text" + i).toArray());
        return random.nextInt(4) == 0
                ? doubles
                : DataFrame.byColumn("doubles", "texts").of(doubles, texts);
    }

    @Override
    protected Type typeOf(Object value) {
        return value instanceof DataFrame ? DataFrame.class : Series.class;
    }

    @Override
    protected void assertSame(Object actual, Object expected) {
        if (expected instanceof DataFrame frame) {
            DataFrame read = (DataFrame) actual;
            assertThat(read.getColumnsIndex()).isEqualTo(frame.getColumnsIndex());
            frame.getColumnsIndex().forEach(name -> assertSame(read.getColumn(name), frame.getColumn(name)));
        } else {
            Series<?> series = (Series<?>) expected;
            assertThat(((Series<?>) actual).getNominalType().isPrimitive())
                    .isEqualTo(series.getNominalType().isPrimitive());
            assertThat(listOf((Series<?>) actual)).isEqualTo(listOf(series));
        }
    }

    /** Series are the same only as objects. */
    private static List<Object> listOf(Series<?> series) {
        List<Object> list = new ArrayList<>();
        series.forEach(list::add);
        return list;
    }

    @Test
    void aFrameIsReadAsATableAndATableAsAFrame() throws Exception {
        Table table = (Table) read(write(frame()), Table.class);
        DataFrame again = (DataFrame) read(write(table), DataFrame.class);

        assertThat(table.columnNames()).containsExactly("day", "symbol", "close", "exact", "volume", "boxed");
        assertThat(again.getColumn("volume").getNominalType()).isEqualTo(long.class);
        assertThat(again.getColumn("boxed")).isInstanceOf(IntSeries.class);
    }

    @Test
    void aFrameOfManyColumnsIsNoSeries() throws Exception {
        byte[] bytes = write(frame());

        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> read(bytes, Series.class))
                .satisfies(ex -> assertThat(ex.missReason()).isEqualTo(MissReason.TYPE_CHANGED));
    }

    @Test
    void whatNoColumnCanHoldIsRefusedByName() {
        for (DataFrame frame : List.of(
                DataFrame.byColumn("weekday").of(Series.of(DayOfWeek.MONDAY)),
                DataFrame.byColumn("weekday").of(Series.of("a", 1)))) {
            assertThatExceptionOfType(CacheSerializationException.class)
                    .isThrownBy(() -> write(frame))
                    .withMessageContaining("'weekday'");
        }
        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> write(DataFrame.empty()))
                .withMessageContaining("without columns");
    }
}
