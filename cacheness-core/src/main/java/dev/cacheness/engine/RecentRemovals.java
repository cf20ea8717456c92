package dev.cacheness.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cacheness.MissReason;
import dev.cacheness.spi.EntryRef;
import java.util.Collection;

/** Why the latest entries that this process removed are gone, so that a miss can say so. Thread-safe. */
final class RecentRemovals {

    private static final int REMEMBERED = 4_096;

    private final Cache<String, MissReason> reasons = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    void record(Collection<EntryRef> removed, MissReason reason) {
        for (EntryRef entry : removed) {
            reasons.put(entry.digest(), reason);
        }
    }

    void forget(String digest) {
        reasons.invalidate(digest);
    }

    MissReason reasonOf(String digest) {
        MissReason reason = reasons.getIfPresent(digest);
        return reason != null ? reason : MissReason.ABSENT;
    }
}
