package dev.cacheness.engine;

import dev.cacheness.EntryMetadata;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.StoredEntry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether the time of an entry is over, by its own end or because nobody reads it. Thread-safe. */
final class Expiry {

    private final Policies policies;

    private final AccessLog accessLog;

    private final MetadataBackend index;

    Expiry(Policies policies, AccessLog accessLog, MetadataBackend index) {
        this.policies = policies;
        this.accessLog = accessLog;
        this.index = index;
    }

    boolean isExpired(EntryMetadata metadata, Instant now) {
        return metadata.isExpired(now) || isIdle(metadata, now);
    }

    /** Whether the entry is of no more use to anybody, not even to those who take a stale value. */
    boolean isOver(EntryMetadata metadata, Instant now) {
        return policies.of(metadata.namespace()).isOver(metadata, now) || isIdle(metadata, now);
    }

    /** Asks the index only if the entry looks idle, for the row at hand may not show the latest read. */
    private boolean isIdle(EntryMetadata metadata, Instant now) {
        Duration idleTtl = policies.of(metadata.namespace()).said().idleTtl();
        if (idleTtl == null || isWithin(idleTtl, metadata.accessedAt(), now)) {
            return false;
        }
        return !isWithin(idleTtl, accessLog.lastRead(metadata.digest()), now)
                && !index.findDescribed(metadata.digest())
                        .map(StoredEntry::metadata)
                        .filter(row -> isWithin(idleTtl, row.accessedAt(), now))
                        .isPresent();
    }

    private static boolean isWithin(Duration idleTtl, @Nullable Instant read, Instant now) {
        return read != null && now.isBefore(read.plus(idleTtl));
    }
}
