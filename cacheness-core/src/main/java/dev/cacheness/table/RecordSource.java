package dev.cacheness.table;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Records as tables, some thousand at a time. */
final class RecordSource<R extends Record> implements TableSource {

    private static final int PART = 8_192;

    private final RecordMapping<R> mapping;

    private final Supplier<? extends Stream<? extends R>> rows;

    RecordSource(Class<R> type, Supplier<? extends Stream<? extends R>> rows) {
        this.mapping = RecordMapping.of(type);
        this.rows = rows;
    }

    @Override
    public Stream<Table> tables() {
        Stream<? extends R> records = rows.get();
        return StreamSupport.stream(new Parts(records.iterator()), false).onClose(records::close);
    }

    private final class Parts extends AbstractSpliterator<Table> {

        private final Iterator<? extends R> records;

        private boolean started;

        Parts(Iterator<? extends R> records) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
            this.records = records;
        }

        @Override
        public boolean tryAdvance(Consumer<? super Table> action) {
            if (started && !records.hasNext()) {
                return false;
            }
            started = true;
            List<R> part = new ArrayList<>();
            while (part.size() < PART && records.hasNext()) {
                part.add(records.next());
            }
            action.accept(mapping.toTable(part));
            return true;
        }
    }
}
