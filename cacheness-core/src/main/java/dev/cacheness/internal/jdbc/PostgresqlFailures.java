package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheMetadataException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Says in words for people what PostgreSQL could not do, and tells the kinds of failures apart. */
final class PostgresqlFailures {

    private PostgresqlFailures() {}

    static CacheMetadataException translate(String action, String place, SQLException e) {
        return new CacheMetadataException(
                "Could not " + action + " in the index on PostgreSQL (" + place + "): " + e.getMessage() + advice(e),
                e);
    }

    private static String advice(SQLException e) {
        String state = stateOf(e);
        if (state.startsWith("28")) {
            return " Check cacheness.metadata.options.username and password.";
        }
        return switch (state) {
            case "08001" -> " Check that the server runs and can be reached.";
            case "3D000" -> " Create the database, or correct cacheness.metadata.options.url.";
            case "42501" ->
                " Give the role the rights on the tables cacheness_*, or create them with the scripts in dev/cacheness/migration/postgresql.";
            case "42P01" -> " The tables were removed while the cache was open: open it again.";
            case "53300" -> " The server has no connection left: raise its max_connections or lower pool-size.";
            case "54000" ->
                " A text of an @Indexed or @Unique component is too long for an index of PostgreSQL, which takes some 2,700 bytes.";
            case "55P03" -> " Another transaction kept a row locked for too long.";
            case "CCH01" ->
                " The process stood still for longer than its intent lasts. The former value still holds; put the value again.";
            case "57014" -> " The server took too long.";
            default -> "";
        };
    }

    /** Whether the connection is of no use any more, whatever became of the statement. */
    static boolean isConnectionLost(@Nullable Throwable failure) {
        String state = failure instanceof SQLException e ? stateOf(e) : "";
        return state.startsWith("08") || state.startsWith("57P");
    }

    /** Whether the server may still be at work: it did not say that the connection has come to its end. */
    static boolean isOutcomeOpen(@Nullable Throwable failure) {
        return failure instanceof SQLException e
                && stateOf(e).startsWith("08")
                && !stateOf(e).equals("08001");
    }

    /** Whether the transaction was undone because it met others, and may just be run again: it then sees the row that has its unique value. */
    static boolean isCollision(SQLException e) {
        String state = stateOf(e);
        return state.equals("40001") || state.equals("40P01") || state.equals("23505");
    }

    private static String stateOf(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }
}
