package dev.cacheness.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.PutOption;
import dev.cacheness.StoredFormat;
import dev.cacheness.TypeRef;
import dev.cacheness.ValueSource;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.table.Table;
import dev.cacheness.table.TableSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValuesTests {

    // docs:start record
    record Flight(LocalDate day, String from, int delay) {}
    // docs:end record

    @TempDir
    Path directory;

    private Cacheness cache;

    @BeforeEach
    void open() {
        cache = CachenessBuilder.at(directory.resolve("cache"))
                .trustedPackages(List.of("dev.cacheness.docs"))
                .build();
    }

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void streams() throws Exception {
        Path report = Files.writeString(directory.resolve("report.csv"), "a,b");
        OutputStream response = new ByteArrayOutputStream();

        // docs:start stream
        CacheKey<ValueSource> key = CacheKey.of("report", 2026).as(ValueSource.class);
        cache.put(key, () -> Files.newInputStream(report));

        try (InputStream in = cache.get(key).orElseThrow().openStream()) {
            in.transferTo(response);
        }
        // docs:end stream

        assertThat(response).hasToString("a,b");
    }

    @Test
    void files() throws Exception {
        Path report = Files.writeString(directory.resolve("report.csv"), "a,b");

        // docs:start file
        CacheKey<Path> key = CacheKey.of("report", 2026).as(Path.class);
        cache.put(key, report);

        Path copy = cache.get(key).orElseThrow();
        Files.move(copy, directory.resolve("copy.csv"));
        // docs:end file

        assertThat(directory.resolve("copy.csv")).hasContent("a,b");
    }

    @Test
    void arrays() {
        // docs:start array
        CacheKey<float[][]> key = CacheKey.of("weights", "v1").as(float[][].class);
        cache.put(key, new float[][] {{0.5f, 1}, {2, 3}});

        CacheKey<Object> bundle = CacheKey.of("model", "v1");
        cache.put(bundle, Map.of("weights", new double[] {1, 2}, "labels", new String[] {"cat", "dog"}));
        // docs:end array

        assertThat(cache.get(key).orElseThrow()[1]).containsExactly(2, 3);
        assertThat(cache.get(bundle)).isPresent();
    }

    @Test
    void tables() {
        List<Flight> list =
                List.of(new Flight(LocalDate.of(2026, 1, 1), "BER", 5), new Flight(LocalDate.of(2026, 1, 2), "MUC", 0));

        // docs:start table
        CacheKey<Table> key = CacheKey.of("flights", 2026).as(Table.class);
        cache.put(key, Table.of(Flight.class, list));

        Table flights = cache.get(key).orElseThrow();
        double first = flights.column("delay").getDouble(0);
        List<Flight> rows = flights.rows(Flight.class);
        // docs:end table

        assertThat(first).isEqualTo(5);
        assertThat(rows).isEqualTo(list);
    }

    @Test
    void largeTables() {
        List<Flight> list =
                List.of(new Flight(LocalDate.of(2026, 1, 1), "BER", 5), new Flight(LocalDate.of(2026, 1, 2), "MUC", 0));
        long delays;

        // docs:start table-source
        CacheKey<TableSource> key = CacheKey.of("flights", "all").as(TableSource.class);
        cache.put(key, TableSource.of(Flight.class, () -> list.stream()));

        try (TableSource flights = cache.get(key).orElseThrow();
                Stream<Flight> rows = flights.rows(Flight.class)) {
            delays = rows.mapToLong(Flight::delay).sum();
        }
        // docs:end table-source

        assertThat(delays).isEqualTo(5);
    }

    @Test
    void recordsAsTable() {
        List<Flight> list = List.of(new Flight(LocalDate.of(2026, 1, 1), "BER", 5));

        // docs:start rows
        CacheKey<List<Flight>> key = CacheKey.of("flights", 2026).as(new TypeRef<List<Flight>>() {});
        cache.put(key, list, PutOption.format(StoredFormat.PARQUET));
        // docs:end rows

        assertThat(cache.get(key)).contains(list);
        assertThat(cache.metadata(key).orElseThrow().handler()).isEqualTo("table");
    }

    @Test
    void anyTypeAsJson() throws IOException {
        // docs:start json
        CacheKey<Flight> key = CacheKey.of("flight", 7).as(Flight.class);
        cache.put(key, new Flight(LocalDate.of(2026, 1, 1), "BER", 5), PutOption.format(StoredFormat.JSON));
        // docs:end json

        assertThat(cache.get(key).orElseThrow().from()).isEqualTo("BER");
    }
}
