package dev.cacheness.internal.s3;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Leaves S3 alone for a while after it could not be reached, so that callers are told at once instead of each waiting for the same. When the time is over,
 * calls go through again, and the first that fails begins another pause. Thread-safe.
 */
final class Pause {

    private final Duration length;

    private final InstantSource clock;

    private volatile @Nullable Instant until;

    Pause(Duration length, InstantSource clock) {
        this.length = length;
        this.clock = clock;
    }

    /** @throws IOException if it is not yet time to call */
    void check() throws IOException {
        Instant end = until;
        if (end == null) {
            return;
        }
        Instant now = clock.instant();
        // A clock that was set back must not make the pause longer.
        if (now.isBefore(end) && now.isAfter(end.minus(length).minusMillis(1))) {
            throw new IOException("S3 could not be reached; it is not asked again before " + end);
        }
    }

    void succeeded() {
        if (until != null) {
            until = null;
        }
    }

    void failed(SdkException failure) {
        if (!S3Failures.isRefusal(failure) && !S3Failures.isInterruption(failure)) {
            until = clock.instant().plus(length);
        }
    }
}
