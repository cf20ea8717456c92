package dev.cacheness.internal.handler.table;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Does something for each column, on all cores if it is worth it. */
final class Columns {

    private static final int MANY_ROWS = 4_096;

    private Columns() {}

    static void each(int columns, long rows, IntConsumer action) {
        IntStream numbers = IntStream.range(0, columns);
        (rows < MANY_ROWS ? numbers : numbers.parallel()).forEach(action);
    }
}
