package dev.cacheness.internal.jdbc;

import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.PutResult;
import dev.cacheness.spi.StoredEntry;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A put in one statement.
 *
 * @param returning the statement for a server that tells what an upsert replaces; null if there is none for this condition
 * @param now the time of the condition, null if it has none
 */
record PostgresqlPut(
        StoredEntry entry,
        PutCondition condition,
        String sql,
        @Nullable String returning,
        @Nullable Instant now) {

    private static final int AFTER_COLUMNS = 24;

    /** {@code returning old} */
    private static final int RETURNING_SINCE = 18;

    static PostgresqlPut of(StoredEntry entry, PutCondition condition) {
        if (condition instanceof PutCondition.IfAbsent absent) {
            return new PostgresqlPut(
                    entry,
                    condition,
                    PostgresqlStatements.PUT_IF_ABSENT,
                    PostgresqlStatements.PUT_IF_ABSENT_RETURNING,
                    absent.now());
        }
        if (condition instanceof PutCondition.IfPresent present) {
            return new PostgresqlPut(entry, condition, PostgresqlStatements.PUT_IF_PRESENT, null, present.now());
        }
        if (condition instanceof PutCondition.IfGeneration) {
            return new PostgresqlPut(entry, condition, PostgresqlStatements.PUT_IF_GENERATION, null, null);
        }
        return new PostgresqlPut(
                entry, condition, PostgresqlStatements.PUT_ALWAYS, PostgresqlStatements.PUT_ALWAYS_RETURNING, null);
    }

    /** Empty if another put got in between, so that this one has to be run again. */
    Optional<PutResult> run(Session session) throws SQLException {
        if (returning != null && session.connection().getMetaData().getDatabaseMajorVersion() >= RETURNING_SINCE) {
            Optional<PutResult> result = session.first(returning, this::bind, this::result);
            return result == null ? Optional.of(PutResult.NOT_STORED) : result;
        }
        return Objects.requireNonNull(session.first(sql, this::bind, this::result));
    }

    private void bind(PreparedStatement statement) throws SQLException {
        EntryRows.bind(entry, statement);
        if (now != null) {
            statement.setLong(AFTER_COLUMNS, Millis.of(now));
        }
        if (condition instanceof PutCondition.IfGeneration same) {
            statement.setString(AFTER_COLUMNS, same.generation());
        }
    }

    private Optional<PutResult> result(ResultSet row) throws SQLException {
        FormerRow former = row.getString(1) == null ? null : FormerRow.of(row);
        if (row.getBoolean(7)) {
            return Optional.of(new PutResult(true, former == null ? null : PostgresqlTexts.decode(former.ref())));
        }
        return holds(former) ? Optional.empty() : Optional.of(PutResult.NOT_STORED);
    }

    private boolean holds(@Nullable FormerRow former) {
        if (condition instanceof PutCondition.IfAbsent) {
            return former == null || former.isExpired(Objects.requireNonNull(now));
        }
        if (condition instanceof PutCondition.IfPresent) {
            return former != null && !former.isExpired(Objects.requireNonNull(now));
        }
        if (condition instanceof PutCondition.IfGeneration same) {
            return former != null && former.ref().generation().equals(same.generation());
        }
        return true;
    }
}
