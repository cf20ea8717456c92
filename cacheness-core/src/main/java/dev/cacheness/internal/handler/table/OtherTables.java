package dev.cacheness.internal.handler.table;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.table.Table;
import org.jspecify.annotations.Nullable;

/** Tables as another library has them. */
interface OtherTables {

    /** Without any other library. */
    OtherTables NONE = new OtherTables() {
        @Override
        public @Nullable String kindOf(Object value) {
            return null;
        }

        @Override
        public Table toTable(Object value) {
            throw new CacheSerializationException("There is no other kind of table");
        }

        @Override
        public boolean makes(Class<?> type) {
            return false;
        }

        @Override
        public @Nullable Object ofTable(Table table, Class<?> type, @Nullable String kind) {
            return null;
        }
    };

    /** What the file has to say of the value so that it comes back as it was, null if the value is no such table. */
    @Nullable
    String kindOf(Object value);

    /** @throws CacheSerializationException if a column is of a type that a table has not; names it */
    Table toTable(Object value);

    /** Whether values of the type are such tables. */
    boolean makes(Class<?> type);

    /**
     * The table as such a value.
     *
     * @param type the type that is wanted, {@code Object} if it does not matter
     * @param kind what {@link #kindOf} said when the value was written, or anything else
     * @return null if it makes no value of the type
     */
    @Nullable
    Object ofTable(Table table, Class<?> type, @Nullable String kind);
}
