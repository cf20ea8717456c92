package dev.cacheness.sql;

import dev.cacheness.internal.record.InvalidValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes the rows out of an answer of the source, whatever it is. */
final class AnswerRows<T> {

    private final Context<T> context;

    AnswerRows(Context<T> context) {
        this.context = context;
    }

    /** All rows in their stored form. A stream is closed. */
    List<StoredRow> of(@Nullable Object answer) {
        Taking taking = new Taking(answer instanceof FetchResult<?> result ? result.rows() : answer);
        return taking.stored;
    }

    private final class Taking implements Consumer<@Nullable Object> {

        final List<StoredRow> stored = new ArrayList<>();

        private final boolean fails = context.settings.intake().invalidRows() == InvalidRows.FAIL;

        private int index;

        Taking(@Nullable Object rows) {
            if (rows instanceof Iterable<?> all) {
                all.forEach(this);
            } else if (rows instanceof Object[] all) {
                Arrays.asList(all).forEach(this);
            } else if (rows instanceof Stream<?> all) {
                try (all) {
                    all.forEachOrdered(this);
                }
            } else {
                throw noRows(rows);
            }
        }

        @Override
        public void accept(@Nullable Object row) {
            try {
                stored.add(store(row, index));
            } catch (InvalidRowException e) {
                if (fails) {
                    throw e;
                }
                context.counters.rowsDropped.increment();
            }
            index++;
        }
    }

    private SqlCacheException noRows(@Nullable Object answer) {
        String got = answer == null ? "null" : "a " + answer.getClass().getName();
        return new SqlCacheException(
                "Cache '" + context.name + "': the source returned " + got + ". Return an Iterable, a Stream, an"
                        + " array or a FetchResult of rows; no rows is an empty one.",
                null);
    }

    @SuppressWarnings("unchecked")
    private StoredRow store(@Nullable Object row, int index) {
        if (row == null) {
            throw new InvalidRowException(context.name, index, "(all)", "the row is null", null);
        }
        try {
            @Nullable Object[] values = context.definition.shape().store((T) row);
            int range = context.layout().range();
            return new StoredRow(range >= 0 && values[range] instanceof Long tick ? tick : 0, values);
        } catch (InvalidValueException e) {
            throw new InvalidRowException(context.name, index, e.column(), String.valueOf(e.getMessage()), e);
        } catch (ClassCastException e) {
            throw new InvalidRowException(
                    context.name,
                    index,
                    "(all)",
                    "the row is a " + row.getClass().getName(),
                    e);
        }
    }
}
