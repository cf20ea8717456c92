package dev.cacheness.internal.handler.table;

import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerProvider;
import dev.cacheness.spi.HandlerSettings;

/** Provides the handler of tables, or one that says what is missing if Parquet is not on the class path. */
public final class TableHandlerProvider implements HandlerProvider {

    static final String NAME = "table";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Handler<?> create(HandlerSettings settings) {
        return isPresent("org.apache.parquet.hadoop.ParquetWriter")
                        && isPresent("org.apache.hadoop.conf.Configuration")
                        && isPresent("org.apache.hadoop.mapreduce.InputFormat")
                ? new TableHandler(settings, isPresent("org.dflib.DataFrame") ? new DflibTables() : OtherTables.NONE)
                : new MissingParquetHandler();
    }

    private static boolean isPresent(String className) {
        try {
            Class.forName(className, false, TableHandlerProvider.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError ex) {
            return false;
        }
    }
}
