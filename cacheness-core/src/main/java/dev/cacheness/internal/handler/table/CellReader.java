package dev.cacheness.internal.handler.table;

import dev.cacheness.table.Column;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.jspecify.annotations.Nullable;

/** Takes the values of a column of a Parquet file into a column of a table. For one thread. */
abstract class CellReader extends PrimitiveConverter {

    private Column.@Nullable Builder target;

    /** Where the next values go. */
    void target(Column.Builder builder) {
        target = builder;
    }

    final Column.Builder out() {
        return Objects.requireNonNull(target);
    }

    /** Values that are objects, or primitives of the rarer kinds. */
    static CellReader ofInts(IntFunction<Object> value) {
        return new CellReader() {
            @Override
            public void addInt(int stored) {
                out().append(value.apply(stored));
            }
        };
    }

    static CellReader ofInts() {
        return new CellReader() {
            @Override
            public void addInt(int stored) {
                out().appendLong(stored);
            }
        };
    }

    static CellReader ofLongs(LongFunction<Object> value) {
        return new CellReader() {
            @Override
            public void addLong(long stored) {
                out().append(value.apply(stored));
            }
        };
    }

    static CellReader ofLongs() {
        return new CellReader() {
            @Override
            public void addLong(long stored) {
                out().appendLong(stored);
            }
        };
    }

    static CellReader ofFloats() {
        return new CellReader() {
            @Override
            public void addFloat(float stored) {
                out().append(stored);
            }
        };
    }

    static CellReader ofDoubles() {
        return new CellReader() {
            @Override
            public void addDouble(double stored) {
                out().appendDouble(stored);
            }
        };
    }

    static CellReader ofBooleans() {
        return new CellReader() {
            @Override
            public void addBoolean(boolean stored) {
                out().append(stored);
            }
        };
    }

    /** Makes each value of a dictionary once. */
    static CellReader ofBinaries(Function<Binary, Object> value) {
        return new CellReader() {
            private @Nullable Object[] values = new Object[0];

            @Override
            public void addBinary(Binary stored) {
                out().append(value.apply(stored));
            }

            @Override
            public boolean hasDictionarySupport() {
                return true;
            }

            @Override
            public void setDictionary(Dictionary dictionary) {
                values = new Object[dictionary.getMaxId() + 1];
                for (int id = 0; id < values.length; id++) {
                    values[id] = value.apply(dictionary.decodeToBinary(id));
                }
            }

            @Override
            public void addValueFromDictionary(int id) {
                out().append(values[id]);
            }
        };
    }
}
