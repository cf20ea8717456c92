package dev.cacheness.boot.cache;

import dev.cacheness.StartedLoad;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What a thread has missed and may be about to put: Spring's caching looks up, calls the method and puts, and does not say that these belong together. A put that
 * follows a miss of the same thread is the end of a load that began with it, and is left out if the key was invalidated in between. Thread-safe.
 */
final class RecentMisses {

    /** Cached methods may call others, but not without end. */
    private static final int MAX_PER_THREAD = 8;

    private final ThreadLocal<Deque<Miss>> misses = new ThreadLocal<>();

    void remember(Object key, StartedLoad<Object> load) {
        Deque<Miss> own = misses.get();
        if (own == null) {
            own = new ArrayDeque<>();
            misses.set(own);
        }
        own.removeIf(miss -> miss.key().equals(key));
        if (own.size() == MAX_PER_THREAD) {
            own.removeLast();
        }
        own.addFirst(new Miss(key, load));
    }

    /** The load that began with the miss of this thread; null if there was none. */
    @Nullable
    StartedLoad<Object> take(Object key) {
        Deque<Miss> own = misses.get();
        if (own == null) {
            return null;
        }
        StartedLoad<Object> found = null;
        for (Iterator<Miss> each = own.iterator(); each.hasNext(); ) {
            Miss miss = each.next();
            if (miss.key().equals(key)) {
                found = miss.load();
                each.remove();
                break;
            }
        }
        if (own.isEmpty()) {
            misses.remove();
        }
        return found;
    }

    /** What this thread removes itself, it may put anew. */
    void forgetAll() {
        misses.remove();
    }

    private record Miss(Object key, StartedLoad<Object> load) {}
}
