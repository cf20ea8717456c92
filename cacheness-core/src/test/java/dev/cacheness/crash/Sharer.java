package dev.cacheness.crash;

import dev.cacheness.Cacheness;
import dev.cacheness.MissReason;
import dev.cacheness.PutOption;
import dev.cacheness.engine.LoadScope;
import dev.cacheness.engine.MemoryLayerSettings;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Works on a directory that another process works on as well, and ends with an error at the first wrong value or unexpected exception. */
final class Sharer {

    private static final int THREADS = 4;

    private static final int KEYS = 200;

    private Sharer() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Duration time = Duration.ofSeconds(Long.parseLong(arguments[1]));
        long seed = Long.parseLong(arguments[2]);
        long end = System.nanoTime() + time.toNanos();
        ExecutorService workers = Executors.newFixedThreadPool(THREADS);
        // Small enough for evictions to happen all the time.
        try (Cacheness cache = Durable.builder(directory, arguments[3])
                .maxSize(20_000_000)
                .loadScope(LoadScope.CLUSTER)
                .memoryLayer(memoryLayer(arguments[3]))
                .build()) {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                long own = seed + thread;
                work.add(() -> work(cache, new Random(own), end));
            }
            int steps = 0;
            for (Future<Integer> result : workers.invokeAll(work)) {
                steps += result.get();
            }
            require(cache.stats().misses().get(MissReason.CORRUPT) == 0, "corrupt misses: " + cache.stats());
            require(cache.stats().misses().get(MissReason.BACKEND_DOWN) == 0, "backend misses: " + cache.stats());
            require(cache.stats().storeFailures() == 0, "store failures: " + cache.stats());
            System.out.println("steps " + steps + " hits " + cache.stats().hits());
        } finally {
            workers.shutdownNow();
        }
    }

    /** Nodes that hear of changes may keep rows on their heaps; what they keep may be a moment old, but is never wrong. */
    private static @Nullable MemoryLayerSettings memoryLayer(String place) {
        return place.startsWith(Durable.SHARED) ? MemoryLayerSettings.DEFAULT : null;
    }

    private static int work(Cacheness cache, Random random, long end) {
        int steps = 0;
        while (System.nanoTime() < end) {
            steps++;
            int number = random.nextInt(KEYS);
            switch (random.nextInt(10)) {
                case 0, 1 -> cache.put(Values.key(number), Values.value(number, random.nextInt(1_000)));
                case 2 ->
                    cache.put(
                            Values.key(number),
                            Values.value(number, random.nextInt(1_000)),
                            PutOption.ttl(Duration.ofMillis(1 + random.nextInt(50))));
                case 3 -> cache.invalidate(Values.key(number));
                case 4 -> check(number, cache.getOrCompute(Values.key(number), key -> Values.value(number, 1)));
                case 5 -> cache.touch(Values.key(number), PutOption.ttl(Duration.ofMinutes(1)));
                default -> cache.get(Values.key(number)).ifPresent(value -> check(number, value));
            }
            if (random.nextInt(2_000) == 0) {
                cache.cleanUpExpired();
            }
        }
        return steps;
    }

    private static void check(int number, byte[] value) {
        require(ByteBuffer.wrap(value).getInt() == number, "a value of another key");
        require(Arrays.equals(value, Values.value(number, Values.versionOf(value))), "a value that nobody put");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalStateException(message);
        }
    }
}
