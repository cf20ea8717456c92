package dev.cacheness.sql;

import dev.cacheness.internal.record.RowReader;
import dev.cacheness.sql.store.RowQuery;
import dev.cacheness.sql.store.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the pieces of a selection one after the other while they are consumed, and ends the transaction when it is closed. */
final class RowStream<T> extends Spliterators.AbstractSpliterator<T> {

    private final Context<T> context;

    private final RowReader<T> reader;

    private final Session session;

    private final Deque<RowQuery> waiting;

    private long left;

    private @Nullable ResultSet current;

    private RowStream(Context<T> context, RowReader<T> reader, Session session, Selection selection) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.context = context;
        this.reader = reader;
        this.session = session;
        this.waiting = new ArrayDeque<>(selection.pieces());
        this.left = selection.limit();
    }

    /** The first piece is asked for at once, so that the stream has the state of the table as it is now. */
    static <T> Stream<T> of(Context<T> context, RowReader<T> reader, Session session, Selection selection)
            throws SQLException {
        RowStream<T> rows = new RowStream<>(context, reader, session, selection);
        rows.open();
        return StreamSupport.stream(rows, false).onClose(rows::close);
    }

    private void open() throws SQLException {
        RowQuery next = waiting.poll();
        current = next == null ? null : context.table.select(session, next);
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        try {
            while (current != null && left > 0) {
                if (current.next()) {
                    left--;
                    action.accept(reader.read(current));
                    return true;
                }
                current.close();
                open();
            }
            return false;
        } catch (SQLException e) {
            throw context.failed("reading rows", e);
        }
    }

    private void close() {
        ResultSet open = current;
        current = null;
        try (session) {
            if (open != null) {
                open.close();
            }
        } catch (SQLException e) {
            throw context.failed("closing a stream of rows", e);
        }
    }
}
