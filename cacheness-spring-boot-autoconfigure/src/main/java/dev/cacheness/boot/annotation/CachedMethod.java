package dev.cacheness.boot.annotation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the annotations of a method say. Immutable. */
record CachedMethod(@Nullable CachedOperation cached, List<InvalidateOperation> invalidations) {

    static final CachedMethod NONE = new CachedMethod(null, List.of());

    boolean isNone() {
        return cached == null && invalidations.isEmpty();
    }

    boolean invalidates(boolean beforeInvocation) {
        for (InvalidateOperation each : invalidations) {
            if (each.beforeInvocation() == beforeInvocation) {
                return true;
            }
        }
        return false;
    }
}
