package dev.cacheness.engine;

import dev.cacheness.MissReason;
import dev.cacheness.spi.EntryRef;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Why the latest entries that this process removed are gone, so that a miss can say so. Thread-safe. */
final class RecentRemovals {

    private static final int REMEMBERED = 4_096;

    private final Map<String, MissReason> reasons = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, MissReason> eldest) {
            return size() > REMEMBERED;
        }
    };

    synchronized void record(Collection<EntryRef> removed, MissReason reason) {
        for (EntryRef entry : removed) {
            reasons.put(entry.digest(), reason);
        }
    }

    synchronized void forget(String digest) {
        reasons.remove(digest);
    }

    synchronized MissReason reasonOf(String digest) {
        return reasons.getOrDefault(digest, MissReason.ABSENT);
    }
}
