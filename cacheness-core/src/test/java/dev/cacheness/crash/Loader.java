package dev.cacheness.crash;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.engine.LoadScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Loads the value of a key for all processes, slowly, and says when it begins and what it got. */
final class Loader {

    static final CacheKey<String> KEY = CacheKey.of("loaded", "by one").as(String.class);

    static final Duration LEASE = Duration.ofSeconds(1);

    private Loader() {}

    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        String place = arguments[1];
        Duration time = Duration.ofMillis(Long.parseLong(arguments[2]));
        String value = arguments[3];
        try (Cacheness cache = Durable.builder(directory, place)
                .loadScope(LoadScope.CLUSTER)
                .loadLease(LEASE)
                .build()) {
            String got = cache.getOrCompute(KEY, key -> {
                System.out.println("READY");
                System.out.flush();
                long end = System.nanoTime() + time.toNanos();
                while (System.nanoTime() < end) {
                    LockSupport.parkNanos(end - System.nanoTime());
                }
                return value;
            });
            System.out.println("got " + got);
        }
    }
}
