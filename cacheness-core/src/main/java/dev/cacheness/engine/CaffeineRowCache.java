package dev.cacheness.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cacheness.CacheConfigurationException;
import org.jspecify.annotations.Nullable;

/** The policy of Caffeine. The only class that needs it. */
final class CaffeineRowCache implements RowCache {

    private final Cache<String, Slot> slots;

    private CaffeineRowCache(int maxEntries) {
        // In the thread that puts: a pool of the JVM must not keep a cache alive.
        this.slots = Caffeine.newBuilder()
                .maximumSize(maxEntries)
                .executor(Runnable::run)
                .build();
    }

    static CaffeineRowCache open(int maxEntries) {
        try {
            return new CaffeineRowCache(maxEntries);
        } catch (NoClassDefFoundError ex) {
            throw new CacheConfigurationException(
                    "cacheness.metadata.memory.type",
                    "tinylfu",
                    "Caffeine is not on the class path.",
                    "Add the library com.github.ben-manes.caffeine:caffeine, or use lru.",
                    ex);
        }
    }

    @Override
    public @Nullable Slot get(String digest) {
        return slots.getIfPresent(digest);
    }

    @Override
    public @Nullable Slot peek(String digest) {
        return slots.policy().getIfPresentQuietly(digest);
    }

    @Override
    public void put(String digest, Slot slot) {
        slots.put(digest, slot);
    }

    @Override
    public void remove(String digest) {
        slots.invalidate(digest);
    }

    @Override
    public void clear() {
        slots.invalidateAll();
    }

    @Override
    public long size() {
        slots.cleanUp();
        return slots.estimatedSize();
    }
}
