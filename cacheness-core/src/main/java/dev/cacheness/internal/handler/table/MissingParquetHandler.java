package dev.cacheness.internal.handler.table;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.MissReason;
import dev.cacheness.spi.Handler;
import dev.cacheness.table.Table;
import dev.cacheness.table.TableSource;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;

/** Stands where the handler of tables would, and says what is missing. */
final class MissingParquetHandler implements Handler<Object> {

    private static final String MESSAGE = "Tables are stored as Parquet, which is not on the class path; add"
            + " org.apache.parquet:parquet-hadoop, org.apache.hadoop:hadoop-common and"
            + " org.apache.hadoop:hadoop-mapreduce-client-core";

    @Override
    public String name() {
        return TableHandlerProvider.NAME;
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof Table
                || value instanceof TableSource
                || value.getClass().getName().startsWith("org.dflib.");
    }

    @Override
    public void write(Object value, OutputStream out) {
        throw new CacheSerializationException(MESSAGE);
    }

    @Override
    public Object read(InputStream in, Type type) {
        throw new CacheSerializationException(MESSAGE, MissReason.REFUSED, null);
    }
}
