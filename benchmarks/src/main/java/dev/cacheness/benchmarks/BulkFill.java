package dev.cacheness.benchmarks;

import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Fills a directory quickly: one entry comes from the cache, the others are copies of its row under digests of their own. */
final class BulkFill {

    private BulkFill() {}

    /** @param arguments the directory and the number of entries */
    public static void main(String[] arguments) throws SQLException {
        fill(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    }

    static void fill(Path directory, int entries) throws SQLException {
        String digest;
        try (Cacheness cache = CachenessBuilder.at(directory).build()) {
            digest = cache.put(SmallKey.of(0), FilledCache.value(new Random(42)));
        }
        try (var bare = new BareConnection(directory.resolve("cacheness.db"))) {
            copy(bare.connection(), digest, entries - 1);
        }
    }

    /** In a JVM of its own, so that this one does not yet know the classes of the cache. */
    static void fillElsewhere(Path directory, int entries) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        int status = new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BulkFill.class.getName(),
                        directory.toString(),
                        Integer.toString(entries))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("The JVM that fills the directory ended with status " + status);
        }
    }

    private static void copy(Connection connection, String digest, int copies) throws SQLException {
        String columns = String.join(", ", columnsBesideDigest(connection));
        String sql = """
                with recursive copy (n) as (select 1 union all select n + 1 from copy where n < ?)
                insert into cacheness_entry (digest, %1$s)
                select lower(hex(randomblob(16))), %1$s
                from copy cross join (select * from cacheness_entry where digest = ?)
                """.formatted(columns);
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setInt(1, copies);
            insert.setString(2, digest);
            insert.executeUpdate();
        }
    }

    private static List<String> columnsBesideDigest(Connection connection) throws SQLException {
        var names = new ArrayList<String>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select name from pragma_table_info('cacheness_entry') where name <> 'digest'")) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }
}
