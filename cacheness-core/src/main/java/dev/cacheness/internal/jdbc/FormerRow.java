package dev.cacheness.internal.jdbc;

import dev.cacheness.spi.EntryRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The row that a put finds in its place. */
record FormerRow(EntryRef ref, @Nullable Instant expiresAt) {

    static FormerRow of(ResultSet row) throws SQLException {
        return new FormerRow(EntryRows.ref(row), EntryRows.time(row, 6));
    }

    boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
