package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheMetadataException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What the first bytes of a file tell before SQLite has touched it. */
final class SqliteHeader {

    static final int LENGTH = 100;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private static final int USER_VERSION = 60;

    private static final int APPLICATION_ID = 68;

    private SqliteHeader() {}

    /** Refuses what is certainly not ours. An empty file is fine; the newest state may still be in SQLite's log, so this is not the last check. */
    static void check(Path file, ByteBuffer header) {
        if (!header.hasRemaining()) {
            return;
        }
        if (header.remaining() < LENGTH || !ByteBuffer.wrap(MAGIC).equals(header.slice(0, MAGIC.length))) {
            throw new CacheMetadataException(
                    "The index " + file
                            + " is no SQLite database. It was left as it is: move it away, or choose another cacheness.storage.dir.");
        }
        int applicationId = header.getInt(APPLICATION_ID);
        if (applicationId != 0) {
            SqliteSchema.refuseForeign(file, applicationId);
            SqliteSchema.refuseNewer(file, header.getInt(USER_VERSION));
        }
    }
}
