package dev.cacheness.engine;

import dev.cacheness.internal.key.DigestedKey;
import dev.cacheness.spi.LoadLeases;
import dev.cacheness.spi.MetadataBackend;
import java.time.Duration;

/** Makes the gate for a scope. */
final class LoadGates {

    private LoadGates() {}

    /** @param leaseTime how long a process that gives no sign of life keeps others from loading */
    static LoadGate of(LoadScope scope, MetadataBackend index, Duration leaseTime, FailureLog failures) {
        return switch (scope) {
            case NONE -> new Open();
            case PROCESS -> new SingleFlight();
            case CLUSTER ->
                index.unwrap(LoadLeases.class)
                        .<LoadGate>map(leases -> new ClusterFlight(new SingleFlight(), leases, leaseTime, failures))
                        .orElseGet(SingleFlight::new);
        };
    }

    private static final class Open implements LoadGate {

        @Override
        public <V, X extends Exception> V pass(DigestedKey key, Load<V, X> load) throws X {
            return load.run();
        }
    }
}
