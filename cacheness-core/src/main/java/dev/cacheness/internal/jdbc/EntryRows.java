package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.EntryMetadata;
import dev.cacheness.internal.json.JsonText;
import dev.cacheness.spi.Content;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.StoredEntry;
import dev.cacheness.spi.Totals;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows to records and back, column by column in the order of {@link EntryStatements}. */
final class EntryRows {

    /** Where the columns of the content begin in a whole row, and those of the description in one that leaves the content out. */
    private static final int AFTER_METADATA = 13;

    private static final int AFTER_CONTENT = AFTER_METADATA + 7;

    private EntryRows() {}

    static void bind(StoredEntry entry, PreparedStatement statement) throws SQLException {
        EntryMetadata metadata = entry.metadata();
        Content content = entry.content();
        statement.setString(1, metadata.digest());
        statement.setString(2, metadata.namespace());
        statement.setLong(3, Millis.of(metadata.createdAt()));
        statement.setLong(4, Millis.of(metadata.accessedAt()));
        bindTime(statement, 5, metadata.expiresAt());
        statement.setLong(6, metadata.hits());
        Duration loadTime = metadata.loadTime();
        statement.setObject(7, loadTime == null ? null : (Long) loadTime.toNanos());
        statement.setString(8, metadata.handler());
        statement.setString(9, metadata.valueType());
        statement.setString(10, metadata.codec());
        statement.setLong(11, metadata.rawSizeBytes());
        statement.setLong(12, metadata.sizeBytes());
        statement.setString(13, entry.generation());
        statement.setInt(14, entry.handlerVersion());
        statement.setString(15, entry.typeFingerprint());
        statement.setBytes(16, content.checksum());
        statement.setBytes(17, content.blocks());
        statement.setBytes(18, content.inline());
        statement.setString(19, content.blobId());
        statement.setString(20, metadata.description());
        statement.setString(21, JsonText.of(metadata.keyParameters()));
        statement.setString(22, JsonText.of(metadata.attributes()));
        statement.setString(23, metadata.tags().isEmpty() ? null : JsonText.ofAll(metadata.tags()));
    }

    static void bindTime(PreparedStatement statement, int parameter, @Nullable Instant time) throws SQLException {
        statement.setObject(parameter, time == null ? null : (Long) Millis.of(time));
    }

    /** A row of {@link EntryStatements#FIND}. Bytes that are in the row are one block, so it has no table of blocks and no blob. */
    static StoredEntry found(String digest, ResultSet row) throws SQLException {
        Instant createdAt = Millis.toInstant(row.getLong(2));
        Duration loadTime = loadTime(row, 16);
        var metadata = new EntryMetadata(
                digest,
                row.getString(1),
                Map.of(),
                null,
                Map.of(),
                Set.of(),
                createdAt,
                createdAt,
                time(row, 3),
                0,
                loadTime,
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                row.getLong(8));
        byte[] inline = row.getBytes(13);
        Content content = inline != null
                ? new Content(row.getBytes(12), null, inline, null)
                : new Content(row.getBytes(12), row.getBytes(15), null, row.getString(14));
        return new StoredEntry(metadata, row.getString(9), row.getInt(10), row.getString(11), content);
    }

    static StoredEntry storedAndDescribed(ResultSet row) throws SQLException {
        return stored(row, described(row, AFTER_CONTENT));
    }

    static EntryMetadata described(ResultSet row) throws SQLException {
        return described(row, AFTER_METADATA);
    }

    private static StoredEntry stored(ResultSet row, EntryMetadata metadata) throws SQLException {
        var content = new Content(row.getBytes(16), row.getBytes(17), row.getBytes(18), row.getString(19));
        return new StoredEntry(metadata, row.getString(13), row.getInt(14), row.getString(15), content);
    }

    private static EntryMetadata described(ResultSet row, int column) throws SQLException {
        try {
            return metadata(
                    row,
                    row.getString(column),
                    JsonText.toTexts(row.getString(column + 1)),
                    JsonText.toValues(row.getString(column + 2)),
                    JsonText.toTextSet(row.getString(column + 3)));
        } catch (IllegalArgumentException e) {
            throw new CacheMetadataException(
                    "The entry " + row.getString(1) + " has a description that cannot be read. " + e.getMessage()
                            + ". Invalidate it.",
                    e);
        }
    }

    private static EntryMetadata metadata(
            ResultSet row,
            @Nullable String description,
            Map<String, String> keyParameters,
            Map<String, Object> attributes,
            Set<String> tags)
            throws SQLException {
        Duration loadTime = loadTime(row, 7);
        return new EntryMetadata(
                row.getString(1),
                row.getString(2),
                keyParameters,
                description,
                attributes,
                tags,
                Millis.toInstant(row.getLong(3)),
                Millis.toInstant(row.getLong(4)),
                time(row, 5),
                row.getLong(6),
                loadTime,
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getLong(11),
                row.getLong(12));
    }

    private static @Nullable Duration loadTime(ResultSet row, int column) throws SQLException {
        long nanos = row.getLong(column);
        return row.wasNull() ? null : Duration.ofNanos(nanos);
    }

    static EntryRef ref(ResultSet row) throws SQLException {
        return new EntryRef(row.getString(1), row.getString(2), row.getString(3), row.getLong(4), row.getString(5));
    }

    static Totals totals(ResultSet row) throws SQLException {
        return new Totals(row.getLong(1), row.getLong(2), time(row, 3), time(row, 4));
    }

    static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Millis.toInstant(millis);
    }
}
