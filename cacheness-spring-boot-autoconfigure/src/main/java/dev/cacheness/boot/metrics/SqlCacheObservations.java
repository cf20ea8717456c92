package dev.cacheness.boot.metrics;

import dev.cacheness.sql.FetchRequest;
import dev.cacheness.sql.SqlCacheObserver;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;

/**
 * Observes queries ({@code cacheness.sql.get}) and, below them, calls to the source ({@code cacheness.sql.fetch}), for meters and traces. What is asked
 * for is only in traces, since there is no end to it.
 */
public final class SqlCacheObservations implements SqlCacheObserver {

    private static final String CACHE = "cache";

    private static final String RESULT = "result";

    private final ObservationRegistry registry;

    public SqlCacheObservations(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Query query(String cache) {
        Observation observation = Observation.createNotStarted("cacheness.sql.get", registry)
                .contextualName(cache + " get")
                .lowCardinalityKeyValue(CACHE, cache)
                .lowCardinalityKeyValue(RESULT, "none")
                .start();
        Observation.Scope scope = observation.openScope();
        return (status, failure) -> {
            scope.close();
            observation.lowCardinalityKeyValue(
                    RESULT, status == null ? "failure" : status.name().toLowerCase(Locale.ROOT));
            if (failure != null) {
                observation.error(failure);
            }
            observation.stop();
        };
    }

    @Override
    public Fetch fetch(FetchRequest request) {
        Observation observation = Observation.createNotStarted("cacheness.sql.fetch", registry)
                .contextualName(request.cache() + " fetch")
                .lowCardinalityKeyValue(CACHE, request.cache())
                .highCardinalityKeyValue("range", request.range().toString())
                .highCardinalityKeyValue("partitions", partitions(request))
                .start();
        Observation.Scope scope = observation.openScope();
        return failure -> {
            scope.close();
            if (failure != null) {
                observation.error(failure);
            }
            observation.stop();
        };
    }

    private static String partitions(FetchRequest request) {
        int several = request.partitions().size();
        return several == 1 ? request.partitions().get(0).toString() : several + " partitions";
    }

    @Override
    public Runnable carry(Runnable task) {
        Observation current = registry.getCurrentObservation();
        return current == null ? task : () -> current.scoped(task);
    }
}
