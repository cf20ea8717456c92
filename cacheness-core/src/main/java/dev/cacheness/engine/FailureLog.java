package dev.cacheness.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs failures that the cache gets over: the first of a kind at once, further ones at most once a minute with the number of those in between.
 * Thread-safe.
 */
final class FailureLog {

    private static final Logger log = LoggerFactory.getLogger("dev.cacheness");

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final InstantSource clock;

    private final Map<String, State> kinds = new ConcurrentHashMap<>();

    FailureLog(InstantSource clock) {
        this.clock = clock;
    }

    /** @param kind what is counted together; from a small fixed set */
    void warn(String kind, String message, @Nullable Throwable cause) {
        Instant now = clock.instant();
        State state = kinds.compute(kind, (key, former) -> {
            if (former == null || !now.isBefore(former.next)) {
                return new State(now.plus(INTERVAL), 0, former == null ? 0 : former.suppressed);
            }
            return new State(former.next, former.suppressed + 1, -1);
        });
        if (state.toReport > 0) {
            log.warn("{} (and {} more like it)", message, state.toReport, cause);
        } else if (state.toReport == 0) {
            log.warn(message, cause);
        }
    }

    /**
     * @param suppressed failures not logged since the last line
     * @param toReport failures to mention in this line, -1 if no line is due
     */
    private record State(Instant next, long suppressed, long toReport) {}
}
