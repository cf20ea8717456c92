package dev.cacheness.sql;

import dev.cacheness.sql.store.DuckDbStore;
import dev.cacheness.sql.store.PostgresStore;
import dev.cacheness.sql.store.SqlStore;
import dev.cacheness.sql.store.SqliteStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Which database to open, and how. */
final class StoreChoice {

    interface Opener {
        SqlStore open() throws SQLException;
    }

    private static final String MEMORY_LIMIT = "?memory_limit=";

    private static final Pattern SIZE = Pattern.compile("\\d{1,9}(KB|MB|GB|TB)");

    private final String text;

    private final String driver;

    private final String artifact;

    private final Opener opener;

    private StoreChoice(String text, String driver, String artifact, Opener opener) {
        this.text = text;
        this.driver = driver;
        this.artifact = artifact;
        this.opener = opener;
    }

    static StoreChoice sqlite(Path file) {
        return new StoreChoice(
                "sqlite:" + file, "org.sqlite.JDBC", "org.xerial:sqlite-jdbc", () -> SqliteStore.open(file));
    }

    static StoreChoice duckDb(Path file) {
        return duckDb(file, DuckDbStore.MEMORY_LIMIT);
    }

    private static StoreChoice duckDb(Path file, String memoryLimit) {
        return new StoreChoice(
                "duckdb:" + file,
                "org.duckdb.DuckDBDriver",
                "org.duckdb:duckdb_jdbc",
                () -> DuckDbStore.open(file, memoryLimit));
    }

    private static StoreChoice duckDb(String url) {
        int limit = url.lastIndexOf(MEMORY_LIMIT);
        String path = path(limit < 0 ? url : url.substring(0, limit));
        if (path.equals(":memory:") || path.isEmpty()) {
            return inMemory(false);
        }
        if (limit < 0) {
            return duckDb(Path.of(path));
        }
        String size = url.substring(limit + MEMORY_LIMIT.length());
        if (!SIZE.matcher(size).matches()) {
            throw new IllegalArgumentException(
                    "memory_limit is a size such as 512MB or 2GB, but got '" + size + "' in duckdb:" + url);
        }
        return duckDb(Path.of(path), size);
    }

    static StoreChoice inMemory(boolean sqlite) {
        return sqlite
                ? new StoreChoice("memory:", "org.sqlite.JDBC", "org.xerial:sqlite-jdbc", SqliteStore::temporary)
                : new StoreChoice(
                        "memory:", "org.duckdb.DuckDBDriver", "org.duckdb:duckdb_jdbc", DuckDbStore::temporary);
    }

    static StoreChoice postgresql(DataSource dataSource) {
        return new StoreChoice(
                "postgresql", "org.postgresql.Driver", "org.postgresql:postgresql", () -> PostgresStore.of(dataSource));
    }

    private static StoreChoice postgresql(String url) {
        int query = url.indexOf('?');
        return new StoreChoice(
                query < 0 ? url : url.substring(0, query),
                "org.postgresql.Driver",
                "org.postgresql:postgresql",
                () -> PostgresStore.open("jdbc:" + url));
    }

    static StoreChoice url(String url) {
        String plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
        String lower = plain.toLowerCase(Locale.ROOT);
        if (lower.startsWith("postgresql:")) {
            return postgresql(plain);
        }
        if (lower.startsWith("sqlite:")) {
            String path = path(plain.substring("sqlite:".length()));
            return path.equals(":memory:") || path.isEmpty() ? inMemory(true) : sqlite(Path.of(path));
        }
        if (lower.startsWith("duckdb:")) {
            return duckDb(plain.substring("duckdb:".length()));
        }
        if (lower.equals("memory:")) {
            return inMemory(false);
        }
        if (plain.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
            throw new IllegalArgumentException("'" + plain + "' names no database that a SqlCache can use. Write"
                    + " sqlite:file, duckdb:file, postgresql://host/database or memory:");
        }
        return duckDb(Path.of(plain));
    }

    /** {@code ///data.db} is a relative path, {@code ////data.db} an absolute one, as in other tools; a plain path stays. */
    private static String path(String rest) {
        return rest.startsWith("///") ? rest.substring(3) : rest;
    }

    /** @throws ClassNotFoundException if the driver is not there */
    SqlStore open() throws SQLException, ClassNotFoundException {
        Class.forName(driver);
        return opener.open();
    }

    String artifact() {
        return artifact;
    }

    /** Without passwords. */
    @Override
    public String toString() {
        return text;
    }
}
