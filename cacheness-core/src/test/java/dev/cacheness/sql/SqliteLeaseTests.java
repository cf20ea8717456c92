package dev.cacheness.sql;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteLeaseTests extends SqlCacheLeaseContract {

    @TempDir
    private Path directory;

    @Override
    <T> SqlCacheBuilder<T> store(SqlCacheBuilder<T> builder) {
        return builder.sqlite(directory.resolve("cache.db"));
    }
}
