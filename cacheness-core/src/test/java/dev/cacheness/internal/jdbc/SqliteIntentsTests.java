package dev.cacheness.internal.jdbc;

import dev.cacheness.contract.BlobIntentsContract;
import dev.cacheness.spi.MetadataBackend;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class SqliteIntentsTests extends BlobIntentsContract {

    @TempDir
    Path directory;

    @Override
    protected MetadataBackend openEmpty() {
        return SqliteFixture.open(directory);
    }

    @Override
    protected List<String> accountOfDoomed() {
        try {
            String names = SqliteFixture.query(
                    directory.resolve("cacheness.db"),
                    "select group_concat(blob_id) from (select blob_id from cacheness_intent where doomed order by blob_id)");
            return List.of(names.split(","));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
