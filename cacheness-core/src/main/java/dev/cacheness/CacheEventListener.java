package dev.cacheness;

/**
 * Is told what happens in a cache, in one thread that does nothing else, in the order in which it was noticed. Callers of the cache never wait for it: if it
 * is slower than the events come, events are dropped and counted, see {@link CacheEventStats}. What it throws is logged and has no consequence.
 */
@FunctionalInterface
public interface CacheEventListener {

    /** Takes note of an event. May use the cache, whose events then follow. */
    void onEvent(CacheEvent event);
}
