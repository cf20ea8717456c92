package dev.cacheness.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.Durability;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.MetadataBackend;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteReaderDataSourceTests {

    @TempDir
    Path directory;

    @Test
    void connectionsReadAndDoNotWrite() throws SQLException {
        try (MetadataBackend backend = open();
                Connection connection =
                        backend.unwrap(DataSource.class).orElseThrow().getConnection();
                var statement = connection.createStatement()) {
            connection.setReadOnly(false);

            assertThat(statement
                            .executeQuery("select count(*) from cacheness_entry")
                            .next())
                    .isTrue();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute("delete from cacheness_entry"))
                    .withMessageContaining("readonly");
        }
    }

    @Test
    void connectionThatIsLeftOpenOutlivesTheBackend() throws SQLException {
        MetadataBackend backend = open();
        DataSource readers = backend.unwrap(DataSource.class).orElseThrow();
        try (Connection left = readers.getConnection();
                var statement = left.createStatement()) {
            backend.close();

            assertThat(statement
                            .executeQuery("select count(*) from cacheness_entry")
                            .next())
                    .isTrue();
            assertThatExceptionOfType(CacheMetadataException.class)
                    .isThrownBy(readers::getConnection)
                    .withMessageContaining("closed");
        }
    }

    private MetadataBackend open() {
        return new SqliteMetadataBackendProvider()
                .open(new BackendSettings(directory, Durability.PROCESS, InstantSource.system(), Map.of()));
    }
}
