package dev.cacheness.sql;

import dev.cacheness.internal.record.RowReader;
import dev.cacheness.sql.store.RowQuery;
import dev.cacheness.sql.store.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ways to read rows. */
final class Readings<T> {

    private final Context<T> context;

    private final RowReader<T> reader;

    private final Comparator<StoredRow> byKey;

    Readings(Context<T> context) {
        this.context = context;
        this.reader = context.definition.shape().reader();
        this.byKey = StoredRows.byKey(context.layout());
    }

    Reading<List<T>> list() {
        return (session, selection) ->
                selection.held().isEmpty() ? fromTable(session, selection) : mixed(session, selection);
    }

    Reading<Long> count() {
        return (session, selection) -> {
            long count = selection.held().size();
            for (RowQuery piece : selection.pieces()) {
                count += context.table.count(session, piece);
            }
            return Math.min(count, selection.limit());
        };
    }

    /** Rows one by one; the stream must be closed. */
    Reading<Stream<T>> stream() {
        return new Reading<>() {
            @Override
            public Stream<T> read(Session session, Selection selection) throws SQLException {
                if (selection.held().isEmpty()) {
                    return RowStream.of(context, reader, session, selection);
                }
                Stream<T> all = list().read(session, selection).stream();
                session.close();
                return all;
            }

            @Override
            public boolean keepsSession() {
                return true;
            }
        };
    }

    private List<T> fromTable(Session session, Selection selection) throws SQLException {
        List<T> rows = new ArrayList<>();
        for (RowQuery piece : selection.pieces()) {
            try (ResultSet result = context.table.select(session, piece)) {
                while (rows.size() < selection.limit() && result.next()) {
                    rows.add(reader.read(result));
                }
            }
        }
        return rows;
    }

    /** Rows of the table and rows that are not in it, in one order. */
    private List<T> mixed(Session session, Selection selection) throws SQLException {
        int range = context.layout().range();
        List<StoredRow> all = new ArrayList<>(selection.held());
        for (RowQuery piece : selection.pieces()) {
            for (@Nullable Object[] values : context.table.stored(session, piece)) {
                all.add(new StoredRow(range >= 0 && values[range] instanceof Long tick ? tick : 0, values));
            }
        }
        all.sort(byKey);
        List<T> rows = new ArrayList<>();
        for (StoredRow row : all) {
            if (rows.size() < selection.limit()) {
                rows.add(context.definition.shape().restore(row.values()));
            }
        }
        return rows;
    }
}
