package dev.cacheness.table;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of named, typed columns that may be more than the heap can hold: they come in parts, one after the other. Both what is put and what is got:
 *
 * <pre>{@code
 * cache.put(key, TableSource.of(Flight.class, () -> repository.streamAll()));
 *
 * try (TableSource flights = cache.get(key).orElseThrow();
 *         Stream<Flight> rows = flights.rows(Flight.class)) {
 *     rows.filter(flight -> flight.delay() > 60).forEach(report::add);
 * }
 * }</pre>
 *
 * <p>Each stream has to be closed.
 */
public interface TableSource extends AutoCloseable {

    /**
     * The rows as tables of some thousand rows each, from the beginning. There is at least one table, without rows if there are none, and all have the
     * same columns in the same order.
     *
     * <p>A source that is put must give a new stream with the same rows every time: it is read twice if a column is of {@code DECIMAL}, {@code DATE},
     * {@code DATE_TIME} or {@code INSTANT}, because all values of such a column decide how it is stored. A source that was got from a cache can be read
     * as often as wanted until it is closed, by several threads at once, and whatever becomes of the entry meanwhile.
     *
     * @throws IllegalStateException if the source is closed
     * @throws java.io.UncheckedIOException by the stream, too, if the rows cannot be had
     */
    Stream<Table> tables();

    /** The rows, each a map from the names of the columns to values, as {@link #tables} gives them. */
    default Stream<Map<String, @Nullable Object>> rows() {
        return tables().flatMap(part -> part.rows().stream());
    }

    /**
     * The rows as records, as {@link #tables} gives them. Components take the columns of their names.
     *
     * @throws IllegalArgumentException by the stream, if a component has no column of its name and type, or is a primitive and its column has missing
     *     values
     */
    default <R extends Record> Stream<R> rows(Class<R> type) {
        return tables().flatMap(part -> part.rows(type).stream());
    }

    /** Lets go of what the rows are read from; does nothing unless the source was got from a cache. */
    @Override
    default void close() {}

    /**
     * A source with a column for each component of a record and a row for each record.
     *
     * @param rows gives a new stream of the same records every time; each is closed
     * @throws IllegalArgumentException if a component is of a type that no column has; names it
     */
    static <R extends Record> TableSource of(Class<R> type, Supplier<? extends Stream<? extends R>> rows) {
        return new RecordSource<>(type, rows);
    }
}
