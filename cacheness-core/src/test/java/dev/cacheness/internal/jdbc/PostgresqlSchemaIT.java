package dev.cacheness.internal.jdbc;

import static dev.cacheness.contract.EntryFixture.digest;
import static dev.cacheness.contract.EntryFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.AttributeCondition;
import dev.cacheness.CacheMetadataException;
import dev.cacheness.Comparison;
import dev.cacheness.contract.PostgresqlServer;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tables: made once, whoever comes first, and beside whatever is there. */
class PostgresqlSchemaIT {

    private static final String SCHEMA = "tables";

    private static final int INSTANCES = 6;

    @BeforeEach
    void dropSchema() {
        PostgresqlServer.execute("drop schema if exists tables cascade");
    }

    @Test
    void instancesThatStartAtOnceMakeTheTablesOnce() throws Exception {
        var start = new CyclicBarrier(INSTANCES);
        ExecutorService executor = Executors.newFixedThreadPool(INSTANCES);
        List<MetadataBackend> backends = new ArrayList<>();
        try {
            Callable<MetadataBackend> opening = () -> {
                start.await();
                return PostgresqlFixture.open(PostgresqlFixture.options(SCHEMA));
            };
            for (Future<MetadataBackend> opened :
                    executor.invokeAll(java.util.Collections.nCopies(INSTANCES, opening))) {
                backends.add(opened.get());
            }

            backends.get(0).put(entry(1).build(), PutCondition.ALWAYS);

            assertThat(backends)
                    .allSatisfy(backend -> assertThat(backend.find(digest(1))).isPresent());
            assertThat(PostgresqlServer.query(
                            "select count(*) from tables.cacheness_schema_history where version = '1' and success"))
                    .isEqualTo("1");
        } finally {
            backends.forEach(MetadataBackend::close);
            executor.shutdownNow();
        }
    }

    @Test
    void tablesOfTheApplicationStayAsTheyAre() {
        PostgresqlServer.execute(
                "create schema tables",
                "create table tables.customer (id bigint primary key)",
                "insert into tables.customer values (7)",
                "create table tables.flyway_schema_history (installed_rank int primary key, version text)",
                "insert into tables.flyway_schema_history values (1, '12')");

        PostgresqlFixture.open(PostgresqlFixture.options(SCHEMA)).close();

        assertThat(PostgresqlServer.query("select sum(id) from tables.customer"))
                .isEqualTo("7");
        assertThat(PostgresqlServer.query(
                        "select string_agg(installed_rank || ' ' || version, ',') from tables.flyway_schema_history"))
                .isEqualTo("1 12");
        assertThat(PostgresqlServer.query("select count(*) from tables.cacheness_entry"))
                .isEqualTo("0");
    }

    @Test
    void secondStartChangesNothing() {
        PostgresqlFixture.open(PostgresqlFixture.options(SCHEMA)).close();
        String history = "select string_agg(installed_on::text, ',') from tables.cacheness_schema_history";
        String former = PostgresqlServer.query(history);

        PostgresqlFixture.open(PostgresqlFixture.options(SCHEMA)).close();

        assertThat(PostgresqlServer.query(history)).isEqualTo(former);
    }

    @Test
    void newerTablesAreRefusedAndLeftAlone() {
        PostgresqlFixture.open(PostgresqlFixture.options(SCHEMA)).close();
        PostgresqlServer.execute("comment on table tables.cacheness_entry is 'Cacheness, schema version 99'");

        assertThatExceptionOfType(CacheMetadataException.class)
                .isThrownBy(() -> PostgresqlFixture.open(PostgresqlFixture.options(SCHEMA)))
                .withMessageContaining("schema version 99")
                .withMessageContaining("no later one than " + PostgresqlSchema.VERSION);
    }

    @Test
    void tableOfAnotherIsRefusedAndLeftAlone() {
        PostgresqlServer.execute("create schema tables", "create table tables.cacheness_entry (a int)");

        assertThatExceptionOfType(CacheMetadataException.class)
                .isThrownBy(() -> PostgresqlFixture.open(PostgresqlFixture.options(SCHEMA)))
                .withMessageContaining("is not ours");
        assertThat(PostgresqlServer.query("select count(*) from pg_tables where schemaname = 'tables'"))
                .isEqualTo("1");
    }

    @Test
    void twoIndexesOnOneDatabaseSeeEachOther() {
        try (var first = PostgresqlFixture.openEmpty(SCHEMA);
                var second = PostgresqlFixture.open(PostgresqlFixture.options(SCHEMA))) {
            var stored = entry(1).sized(10).build();
            first.put(stored, PutCondition.ALWAYS);
            var unchanged = new PutCondition.IfNotInvalidated(first.invalidations(digest(1)));

            assertThat(second.totals().sizeBytes()).isEqualTo(10);
            assertThat(second.invalidate(List.of(digest(1)))).containsExactly(stored.ref());

            assertThat(first.find(digest(1))).isEmpty();
            assertThat(first.put(entry(1).build(), unchanged).stored()).isFalse();
        }
    }

    @Test
    void equalAttributesAreFoundByTheirIndex() throws Exception {
        try (var backend = PostgresqlFixture.openEmpty(SCHEMA)) {
            PostgresqlServer.execute("""
                    insert into tables.cacheness_entry (digest, namespace, generation, created_at, accessed_at, hits, handler,
                        handler_version, value_type, codec, raw_size, stored_size, checksum, inline_value, attributes)
                    select lpad(to_hex(n), 32, '0'), '', n::text, n, n, 0, 'text', 1, 'x', 'none', 1, 1, '', '',
                        '{"stage":' || n % 500 || ',"other":1}'
                    from generate_series(1, 5000) n
                    """, "analyze tables.cacheness_entry");
            var filter = new FilterSql(
                    new EntryFilter(
                            null, "", List.of(new AttributeCondition("stage", Comparison.EQUAL, 7L)), Set.of(), null),
                    Dialect.POSTGRESQL);

            try (var connection = PostgresqlServer.connect();
                    var explain = connection.prepareStatement("explain " + EntryStatements.count(filter))) {
                connection.setSchema(SCHEMA);
                filter.bind(explain);
                assertThat(lines(explain)).anyMatch(line -> line.contains("cacheness_entry_attributes"));
            }
            assertThat(backend.count(new EntryFilter(
                            null, "", List.of(new AttributeCondition("stage", Comparison.EQUAL, 7L)), Set.of(), null)))
                    .isEqualTo(10);
            assertThat(backend.count(new EntryFilter(
                            null, "", List.of(new AttributeCondition("stage", Comparison.EQUAL, 7.0)), Set.of(), null)))
                    .isZero();
        }
    }

    private static List<String> lines(PreparedStatement explain) throws SQLException {
        var lines = new ArrayList<String>();
        try (var row = explain.executeQuery()) {
            while (row.next()) {
                lines.add(row.getString(1));
            }
        }
        return lines;
    }

    @Test
    void indexesInTwoSchemasDoNotSeeEachOther() {
        try (var first = PostgresqlFixture.openEmpty(SCHEMA);
                var second = PostgresqlFixture.openEmpty("tables_2")) {
            first.put(entry(1).build(), PutCondition.ALWAYS);

            assertThat(second.find(digest(1))).isEmpty();
            assertThat(second.totals().entries()).isZero();
        }
    }
}
