package dev.cacheness.sql;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoringTests extends SqlCacheStoringContract {

    @TempDir
    private Path directory;

    private int files;

    @Override
    <T> SqlCacheBuilder<T> store(SqlCacheBuilder<T> builder) {
        return builder.sqlite(directory.resolve("cache" + files++ + ".db"));
    }
}
