package dev.cacheness.benchmarks;

import dev.cacheness.EntryMetadata;
import dev.cacheness.spi.Eviction;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much time all loads take that a trace causes, by the kind of eviction, at equal bytes. Keys follow a Zipf law, load times are spread over three orders of
 * magnitude and sizes over two, independently. The argument is the seed.
 */
public final class EvictionSimulation {

    private static final Logger log = LoggerFactory.getLogger(EvictionSimulation.class);

    private static final int KEYS = 20_000;

    private static final int REQUESTS = 400_000;

    private static final double SKEW = 0.9;

    private static final double SHARE_OF_BYTES = 0.1;

    /** As in the engine. */
    private static final double FILL = 0.95;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Eviction eviction;

    private final long[] loadNanos;

    private final long[] sizes;

    private final long maxBytes;

    private final Map<Integer, EntryMetadata> entries = new HashMap<>();

    private long bytes;

    private long totalNanos;

    private long hits;

    private EvictionSimulation(Eviction eviction, long[] loadNanos, long[] sizes, long maxBytes) {
        this.eviction = eviction;
        this.loadNanos = loadNanos;
        this.sizes = sizes;
        this.maxBytes = maxBytes;
    }

    public static void main(String[] args) {
        long seed = args.length > 0 ? Long.parseLong(args[0]) : 42;
        Random random = new Random(seed);
        long[] loadNanos = random.doubles(KEYS)
                .mapToLong(d -> (long) (1_000_000 * Math.pow(1_000, d)))
                .toArray();
        long[] sizes = random.doubles(KEYS)
                .mapToLong(d -> (long) (1_000 * Math.pow(100, d)))
                .toArray();
        int[] trace = trace(random);
        long all = 0;
        for (long size : sizes) {
            all += size;
        }
        log.info(
                "seed {}, {} keys, {} requests, Zipf {}, room for {} % of all bytes",
                seed, KEYS, REQUESTS, SKEW, Math.round(SHARE_OF_BYTES * 100));
        double lru = 0;
        for (Eviction eviction : Eviction.values()) {
            EvictionSimulation simulation =
                    new EvictionSimulation(eviction, loadNanos, sizes, (long) (all * SHARE_OF_BYTES));
            simulation.run(trace);
            double seconds = simulation.totalNanos / 1e9;
            lru = eviction == Eviction.LRU ? seconds : lru;
            log.info(
                    "{}: loads take {} s in all ({} % of lru), hit rate {} %",
                    eviction,
                    Math.round(seconds),
                    Math.round(100 * seconds / lru),
                    Math.round(100.0 * simulation.hits / REQUESTS));
        }
    }

    private static int[] trace(Random random) {
        double[] cumulative = new double[KEYS];
        double sum = 0;
        for (int i = 0; i < KEYS; i++) {
            sum += 1 / Math.pow(i + 1, SKEW);
            cumulative[i] = sum;
        }
        double total = sum;
        return random.doubles(REQUESTS)
                .mapToInt(d -> {
                    int found = Arrays.binarySearch(cumulative, d * total);
                    return Math.min(KEYS - 1, found >= 0 ? found : -found - 1);
                })
                .toArray();
    }

    private void run(int[] trace) {
        for (int i = 0; i < trace.length; i++) {
            Instant now = START.plusMillis(100L * i);
            EntryMetadata entry = entries.get(trace[i]);
            if (entry != null) {
                hits++;
                entries.put(trace[i], entry(trace[i], entry.createdAt(), now, entry.hits() + 1));
            } else {
                totalNanos += loadNanos[trace[i]];
                bytes += sizes[trace[i]];
                entries.put(trace[i], entry(trace[i], now, now, 0));
                if (bytes > maxBytes) {
                    evict(now);
                }
            }
        }
    }

    private void evict(Instant now) {
        List<EntryMetadata> victims =
                entries.values().stream().sorted(eviction.order(now)).toList();
        Iterator<EntryMetadata> next = victims.iterator();
        while (bytes > FILL * maxBytes && next.hasNext()) {
            EntryMetadata victim = next.next();
            entries.remove(Integer.parseInt(victim.digest()));
            bytes -= victim.sizeBytes();
        }
    }

    private EntryMetadata entry(int key, Instant createdAt, Instant accessedAt, long reads) {
        return new EntryMetadata(
                Integer.toString(key),
                "",
                Map.of(),
                null,
                Map.of(),
                Set.of(),
                createdAt,
                accessedAt,
                null,
                reads,
                Duration.ofNanos(loadNanos[key]),
                "text",
                "java.lang.String",
                "none",
                sizes[key],
                sizes[key]);
    }
}
