package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheMetadataException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteException;

/** Says in words for people what SQLite could not do. */
final class SqliteFailures {

    private static final int BUSY = 5;

    private SqliteFailures() {}

    static CacheMetadataException translate(String action, Path file, SQLException e) {
        return new CacheMetadataException(
                "Could not " + action + " in the index " + file + ": " + e.getMessage() + advice(e), e);
    }

    /** Whether another connection was in the way, so that the same thing may work later. */
    static boolean isBusy(SQLException e) {
        return e instanceof SQLiteException failure && kindOf(failure) == BUSY;
    }

    /** The lower byte is the kind, the others tell the cases of a kind apart. */
    private static int kindOf(SQLiteException failure) {
        return failure.getResultCode().code & 0xff;
    }

    private static String advice(SQLException e) {
        if (!(e instanceof SQLiteException failure)) {
            return "";
        }
        return switch (kindOf(failure)) {
            case BUSY, 6 ->
                " Another process kept the index locked for too long; look for one that hangs while it has the file open.";
            case 8, 14 -> " Check that this process may write the file and its directory.";
            case 10 -> " Check the disk.";
            case 11, 26 -> " The file is damaged: close the cache, move cacheness.db away, and start again without it.";
            case 13 -> " The disk is full: make room.";
            default -> "";
        };
    }
}
