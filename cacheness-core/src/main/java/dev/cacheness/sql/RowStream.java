package dev.cacheness.sql;

import dev.cacheness.internal.record.RowReader;
import dev.cacheness.sql.store.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A stream over a result, which it closes together with the transaction. */
final class RowStream {

    private RowStream() {}

    static <T> Stream<T> of(Context<T> context, ResultSet rows, RowReader<T> reader, Session session) {
        Spliterator<T> each =
                new Spliterators.AbstractSpliterator<>(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL) {
                    @Override
                    public boolean tryAdvance(Consumer<? super T> action) {
                        try {
                            if (!rows.next()) {
                                return false;
                            }
                            action.accept(reader.read(rows));
                            return true;
                        } catch (SQLException e) {
                            throw context.failed("reading rows", e);
                        }
                    }
                };
        return StreamSupport.stream(each, false).onClose(() -> close(context, rows, session));
    }

    private static void close(Context<?> context, ResultSet rows, Session session) {
        try (session;
                rows) {
            return;
        } catch (SQLException e) {
            throw context.failed("closing a stream of rows", e);
        }
    }
}
