package dev.cacheness.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTests {

    enum Kind {
        A,
        B
    }

    record Flight(LocalDate day, String from, int delay, Kind kind, char gate, Duration time, Integer seats) {}

    private static final List<Flight> FLIGHTS = List.of(
            new Flight(LocalDate.EPOCH, "BER", 5, Kind.B, 'x', Duration.ofMinutes(90), null),
            new Flight(LocalDate.MAX, "MUC", -3, Kind.A, '€', Duration.ZERO, 7));

    @Test
    void recordsBecomeColumnsAndRecordsAgain() {
        Table table = Table.of(Flight.class, FLIGHTS);

        assertThat(table.columnNames()).containsExactly("day", "from", "delay", "kind", "gate", "time", "seats");
        assertThat(table.column("kind").type()).isEqualTo(ColumnType.TEXT);
        assertThat(table.column("delay").getLong(1)).isEqualTo(-3);
        assertThat(table.column("delay").getDouble(0)).isEqualTo(5.0);
        assertThat(table.column("seats").isNull(0)).isTrue();
        assertThat(table.rows(Flight.class)).isEqualTo(FLIGHTS);
        assertThat(table.rows().get(0)).containsEntry("from", "BER").containsEntry("seats", null);
    }

    @Test
    void someColumnsMakeATableToo() {
        record Delay(int delay, String from) {}

        Table table = Table.of(Flight.class, FLIGHTS).select("delay", "from");

        assertThat(table.rowCount()).isEqualTo(2);
        assertThat(table.rows(Delay.class)).containsExactly(new Delay(5, "BER"), new Delay(-3, "MUC"));
        assertThat(table.rows()).containsExactly(Map.of("delay", 5, "from", "BER"), Map.of("delay", -3, "from", "MUC"));
    }

    @Test
    void whatDoesNotFitIsNamed() {
        record Wrong(ZonedDateTime day) {}
        record Absent(int speed) {}
        record NoNull(int seats) {}
        record Nested(Flight flight) {}
        record Nothing() {}
        Table table = Table.of(Flight.class, FLIGHTS);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.rows(Wrong.class))
                .withMessageContaining("'day'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.rows(Absent.class))
                .withMessageContaining("'speed'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.rows(NoNull.class))
                .withMessageContaining("'seats'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Table.of(Nested.class, List.of()))
                .withMessageContaining("'flight'");
        assertThatIllegalArgumentException().isThrownBy(() -> Table.of(Nothing.class, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Table.of(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> table.select("from", "from"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Table.of(
                        List.of(Column.of("a", ColumnType.INT, List.of(1)), Column.of("b", ColumnType.INT, List.of()))))
                .withMessageContaining("'b' has 0 rows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Column.of("a", ColumnType.INT, List.of(1, 2L)))
                .withMessageContaining("row 1 has a java.lang.Long");
        assertThatIllegalStateException().isThrownBy(() -> table.column("seats").getLong(0));
        assertThatIllegalStateException().isThrownBy(() -> table.column("from").getDouble(0));
    }

    @Test
    void tablesWithTheSameValuesAreEqual() {
        Table one = Table.of(List.of(
                Column.of("d", ColumnType.DOUBLE, Arrays.asList(Double.NaN, null, -0.0)),
                Column.of("b", ColumnType.BYTES, List.of(new byte[] {1}, new byte[0], new byte[2]))));
        Table same = Table.of(List.of(
                Column.of("d", ColumnType.DOUBLE, Arrays.asList(Double.NaN, null, -0.0)),
                Column.of("b", ColumnType.BYTES, List.of(new byte[] {1}, new byte[0], new byte[2]))));

        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(one).isNotEqualTo(one.select("b", "d"));
    }
}
