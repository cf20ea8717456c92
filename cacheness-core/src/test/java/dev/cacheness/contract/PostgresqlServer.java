package dev.cacheness.contract;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/** One PostgreSQL server for all tests of a JVM, started when it is first needed; it ends with the JVM. */
public final class PostgresqlServer {

    public static final String USER = "postgres";

    private static final Duration STARTUP_TIME = Duration.ofSeconds(60);

    private static final EmbeddedPostgres SERVER = start();

    private PostgresqlServer() {}

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder().setPGStartupWait(STARTUP_TIME).start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
    }

    public static String url() {
        return url("postgres");
    }

    public static String url(String database) {
        return "jdbc:postgresql://localhost:" + SERVER.getPort() + "/" + database;
    }

    public static int port() {
        return SERVER.getPort();
    }

    /** A connection as another program has it. */
    public static Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), USER, "");
    }

    /** Runs statements as another program would. */
    public static void execute(String... statements) {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Could not run " + String.join("; ", statements), e);
        }
    }

    /** The first column of the first row, as another program would see it. */
    public static String query(String sql) {
        try (Connection connection = connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException("Could not run " + sql, e);
        }
    }
}
