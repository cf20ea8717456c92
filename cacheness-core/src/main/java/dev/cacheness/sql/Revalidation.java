package dev.cacheness.sql;

import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches in the background what a query was answered with although it had expired. */
final class Revalidation {

    private static final Logger log = LoggerFactory.getLogger(Revalidation.class);

    private final Context<?> context;

    private final Freshness freshness;

    private final ExecutorService executor;

    private final Set<Key> running = ConcurrentHashMap.newKeySet();

    Revalidation(Context<?> context, Freshness freshness, ExecutorService executor) {
        this.context = context;
        this.freshness = freshness;
        this.executor = executor;
    }

    /** Queries that fetch the same. */
    private record Key(List<Partition> partitions, Interval asked) {}

    /** Whether a query can be answered with what has expired a short while ago. */
    boolean serves(BoundQuery query, List<PartPlan> plans) {
        return !context.settings.freshness().staleWhileRevalidate().isZero()
                && plans.stream().allMatch(plan -> serves(query, plan));
    }

    private boolean serves(BoundQuery query, PartPlan plan) {
        IntervalSet usable = freshness.usableMeanwhile(plan.coverage(), context.nowMicros());
        return plan.lacking(query.asked()).subtract(usable).isEmpty();
    }

    /** Fetches once, however often the query comes meanwhile. What fails is logged; the rows stay what they are. */
    void begin(BoundQuery query, Runnable fetch) {
        Key key = new Key(query.partitions(), query.asked());
        if (!running.add(key)) {
            return;
        }
        try {
            executor.execute(() -> run(key, fetch));
        } catch (RejectedExecutionException e) {
            running.remove(key);
            log.warn("Cache '{}': expired rows are not fetched anew, for there is no thread for it", context.name, e);
        }
    }

    private void run(Key key, Runnable fetch) {
        try {
            fetch.run();
        } catch (RuntimeException e) {
            log.warn(
                    "Cache '{}': {} could not be fetched anew in the background: {}",
                    context.name,
                    context.range(key.asked()),
                    e.getMessage());
        } finally {
            running.remove(key);
        }
    }
}
