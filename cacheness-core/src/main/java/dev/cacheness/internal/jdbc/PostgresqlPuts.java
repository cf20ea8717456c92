package dev.cacheness.internal.jdbc;

import static dev.cacheness.internal.jdbc.PostgresqlTexts.encode;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.CacheOutcomeUnknownException;
import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.PutResult;
import dev.cacheness.spi.StoredEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Puts rows into a PostgreSQL database, tells other nodes, and finds out what became of a put whose connection broke. */
final class PostgresqlPuts {

    private final PostgresqlConnections connections;

    private final PostgresqlNews news;

    private final Function<String, Optional<StoredEntry>> finder;

    /** @param finder finds a row by its digest */
    PostgresqlPuts(
            PostgresqlConnections connections, PostgresqlNews news, Function<String, Optional<StoredEntry>> finder) {
        this.connections = connections;
        this.news = news;
        this.finder = finder;
    }

    PutResult put(StoredEntry entry, PutCondition condition, List<CustomRow> custom) {
        StoredEntry encoded = encode(entry);
        try {
            PutResult result = putOnce(encoded, condition, custom);
            // Nobody keeps a row that was not there.
            if (result.replaced() != null) {
                news.tell(List.of(encoded.digest()));
            }
            return result;
        } catch (CacheMetadataException e) {
            if (!PostgresqlFailures.isConnectionLost(e.getCause())) {
                throw e;
            }
            try {
                return isStored(entry, e) ? new PutResult(true, null) : putOnce(encoded, condition, custom);
            } finally {
                news.tell(List.of(encoded.digest()));
            }
        }
    }

    private PutResult putOnce(StoredEntry entry, PutCondition condition, List<CustomRow> custom) {
        PostgresqlPut put = PostgresqlPut.of(entry, condition);
        if (condition instanceof PutCondition.IfNotInvalidated || !custom.isEmpty()) {
            return putInTransaction(put, custom);
        }
        Optional<PutResult> result;
        do {
            result = connections.alone("store an entry", put::run);
        } while (result.isEmpty());
        return result.get();
    }

    /** The count stays locked until the row is there, so that whoever invalidates meanwhile waits, and then finds the row. */
    private PutResult putInTransaction(PostgresqlPut put, List<CustomRow> custom) {
        return connections.write("store an entry", session -> {
            if (put.condition() instanceof PutCondition.IfNotInvalidated unchanged
                    && Invalidations.lock(put.entry().digest(), session) != unchanged.invalidations()) {
                return PutResult.NOT_STORED;
            }
            Optional<PutResult> result;
            do {
                result = put.run(session);
            } while (result.isEmpty());
            if (result.get().stored()) {
                for (CustomRow row : custom) {
                    CustomRows.insert(row, put.entry(), session);
                }
            }
            return result.get();
        });
    }

    /**
     * The connection broke, perhaps while the answer was on its way: looks on another one whether the row is there. What it replaced nobody knows any more
     * then; if that had a blob, a sweep deletes it.
     *
     * @throws CacheOutcomeUnknownException if the row is not there, but may still come
     */
    private boolean isStored(StoredEntry entry, CacheMetadataException failure) {
        try {
            boolean stored = finder.apply(entry.digest())
                    .filter(found -> found.generation().equals(entry.generation()))
                    .isPresent();
            if (stored || !PostgresqlFailures.isOutcomeOpen(failure.getCause())) {
                return stored;
            }
        } catch (CacheMetadataException e) {
            failure.addSuppressed(e);
        }
        throw new CacheOutcomeUnknownException(entry.digest(), entry.generation(), failure);
    }
}
