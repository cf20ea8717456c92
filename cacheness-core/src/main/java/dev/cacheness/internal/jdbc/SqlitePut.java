package dev.cacheness.internal.jdbc;

import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.PutResult;
import dev.cacheness.spi.StoredEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A put in several statements: while the transaction lasts, nobody else writes. */
record SqlitePut(StoredEntry entry, PutCondition condition, List<CustomRow> custom) {

    PutResult run(Session session) throws SQLException {
        FormerRow former = session.first(
                SqliteStatements.FIND_FORMER, statement -> statement.setString(1, entry.digest()), this::former);
        if (!holds(former, session)) {
            return PutResult.NOT_STORED;
        }
        session.update(EntryStatements.PUT, statement -> EntryRows.bind(entry, statement));
        for (CustomRow row : custom) {
            CustomRows.insert(row, entry, session);
        }
        return new PutResult(true, former == null ? null : former.ref());
    }

    /** Each column costs a call of the driver, and the digest is known. */
    private FormerRow former(ResultSet row) throws SQLException {
        var ref = new EntryRef(entry.digest(), row.getString(1), row.getString(2), row.getLong(3), row.getString(4));
        return new FormerRow(ref, EntryRows.time(row, 5));
    }

    private boolean holds(@Nullable FormerRow former, Session session) throws SQLException {
        if (condition instanceof PutCondition.IfAbsent absent) {
            return former == null || former.isExpired(absent.now());
        }
        if (condition instanceof PutCondition.IfPresent present) {
            return former != null && !former.isExpired(present.now());
        }
        if (condition instanceof PutCondition.IfGeneration same) {
            return former != null && former.ref().generation().equals(same.generation());
        }
        if (condition instanceof PutCondition.IfNotInvalidated unchanged) {
            return Invalidations.of(entry.digest(), session) == unchanged.invalidations();
        }
        return true;
    }
}
