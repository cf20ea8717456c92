package dev.cacheness.engine;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Until when the latest keys whose load failed are not to be loaded again, as long as there is a value in its place. Thread-safe. */
final class RetryPauses {

    private static final int REMEMBERED = 10_000;

    private final Map<String, Instant> ends = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    synchronized void begin(String digest, Instant end) {
        ends.remove(digest);
        ends.put(digest, end);
    }

    synchronized boolean isIn(String digest, Instant now) {
        Instant end = ends.get(digest);
        if (end != null && !now.isBefore(end)) {
            ends.remove(digest);
            return false;
        }
        return end != null;
    }

    synchronized void end(String digest) {
        ends.remove(digest);
    }
}
