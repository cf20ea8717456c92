package dev.cacheness.sample.entries;

import dev.cacheness.jpa.CacheEntryRow;
import java.time.Instant;

record LargeEntry(String digest, String namespace, long sizeBytes, Instant createdAt) {

    static LargeEntry of(CacheEntryRow row) {
        return new LargeEntry(row.getDigest(), row.getNamespace(), row.getSizeBytes(), row.getCreatedAt());
    }
}
