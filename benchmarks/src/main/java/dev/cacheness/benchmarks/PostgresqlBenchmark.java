package dev.cacheness.benchmarks;

import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Reading and writing 200 bytes of 100,000 entries on PostgreSQL, one thread; the p50 counts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PostgresqlBenchmark {

    private final byte[] value = FilledCache.value(new Random(42));

    private final ScratchDirectory directory = new ScratchDirectory();

    private final BenchmarkServer server = new BenchmarkServer();

    private final Cacheness cache = CachenessBuilder.at(directory.path())
            .metadataBackend("postgresql")
            .metadataOptions(server.options())
            .build();

    private final String[] digests = new String[FilledCache.ENTRIES];

    private final Connection connection;

    private final PreparedStatement select;

    private final PreparedStatement upsertPair;

    private final PreparedStatement upsertRow;

    /** Fills the cache, and a table of three columns. */
    public PostgresqlBenchmark() {
        try {
            for (int n = 0; n < digests.length; n++) {
                digests[n] = cache.put(SmallKey.of(n), value);
            }
            Map<String, String> options = server.options();
            connection = DriverManager.getConnection(options.get("url"), options.get("username"), "");
            try (var statement = connection.createStatement()) {
                statement.execute("create table bare_entry (digest text primary key, expires_at bigint, value bytea)");
                statement.execute("insert into bare_entry select digest, 0, inline_value from cacheness_entry");
                statement.execute("vacuum analyze");
            }
            select = connection.prepareStatement("select value, expires_at from bare_entry where digest = ?");
            upsertPair = connection.prepareStatement(
                    "insert into bare_entry (digest, expires_at, value) values (?, ?, ?)"
                            + " on conflict (digest) do update set expires_at = excluded.expires_at, value = excluded.value");
            upsertRow = connection.prepareStatement("""
                    insert into cacheness_entry (digest, namespace, generation, created_at, accessed_at, hits, handler,
                        handler_version, value_type, codec, raw_size, stored_size, checksum, key_parameters, inline_value)
                    values (?, 'bare', ?, ?, ?, 0, 'bytes', 1, 'byte[]', 'none', 200, 200, ?, '{}', ?)
                    on conflict (digest) do update set
                        generation = excluded.generation, created_at = excluded.created_at,
                        accessed_at = excluded.accessed_at, hits = excluded.hits, checksum = excluded.checksum,
                        key_parameters = excluded.key_parameters, inline_value = excluded.inline_value
                    """);
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** A value. */
    @Benchmark
    public byte[] get(Choice choice) {
        return cache.get(SmallKey.of(choice.next())).orElseThrow();
    }

    /** In place of a value that is there. */
    @Benchmark
    public String put(Choice choice) {
        return cache.put(SmallKey.of(choice.next()), value);
    }

    /** Two columns of a table of three, by a digest that is known. */
    @Benchmark
    public byte @Nullable [] bareSelect(Choice choice) throws SQLException {
        select.setString(1, digests[choice.next()]);
        try (ResultSet row = select.executeQuery()) {
            return row.next() && row.getLong(2) == 0 ? row.getBytes(1) : null;
        }
    }

    /** A row of a table of three columns without further indexes. */
    @Benchmark
    public int bareUpsertOfPair(Choice choice) throws SQLException {
        upsertPair.setString(1, digests[choice.next()]);
        upsertPair.setLong(2, 0);
        upsertPair.setBytes(3, value);
        return upsertPair.executeUpdate();
    }

    /** A whole row in the cache's own table, with its indexes and triggers. */
    @Benchmark
    public int bareUpsert(Choice choice) throws SQLException {
        long now = System.nanoTime() / 1_000_000;
        String digest = digests[choice.next()];
        upsertRow.setString(1, digest);
        upsertRow.setString(2, Long.toHexString(now));
        upsertRow.setLong(3, now);
        upsertRow.setLong(4, now);
        upsertRow.setBytes(5, new byte[16]);
        upsertRow.setBytes(6, value);
        return upsertRow.executeUpdate();
    }

    /** Closes all and deletes the directory. */
    @TearDown
    public void close() throws SQLException {
        connection.close();
        cache.close();
        server.close();
        directory.close();
    }
}
