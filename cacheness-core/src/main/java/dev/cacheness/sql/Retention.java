package dev.cacheness.sql;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far back a cache keeps rows. */
final class Retention {

    private Retention() {}

    /** The first tick that is kept, null if all are. */
    static @Nullable Long firstTick(Context<?> context, Instant now) {
        Duration retention = context.settings.keeping().retention();
        return retention == null || !context.domain.isTime() ? null : context.domain.tickAt(now.minus(retention));
    }
}
