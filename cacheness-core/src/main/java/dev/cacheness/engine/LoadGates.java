package dev.cacheness.engine;

import dev.cacheness.internal.key.DigestedKey;
import dev.cacheness.spi.LoadLeases;
import dev.cacheness.spi.MetadataBackend;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the gate for a scope. */
final class LoadGates {

    private LoadGates() {}

    /** A gate that does for each namespace what its policy says. */
    static LoadGate of(Policies policies, MetadataBackend index, Duration leaseTime, FailureLog failures) {
        Map<LoadScope, LoadGate> gates = new EnumMap<>(LoadScope.class);
        for (LoadScope scope : LoadScope.values()) {
            gates.put(scope, of(scope, index, leaseTime, failures));
        }
        return new ByPolicy(policies, gates);
    }

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

    private record ByPolicy(Policies policies, Map<LoadScope, LoadGate> gates) implements LoadGate {

        @Override
        public <V, X extends Exception> V pass(DigestedKey key, Load<V, X> load) throws X {
            LoadScope scope = policies.of(key.namespace()).singleFlight();
            return Objects.requireNonNull(gates.get(scope)).pass(key, load);
        }

        @Override
        public @Nullable Turn tryEnter(DigestedKey key) {
            LoadScope scope = policies.of(key.namespace()).singleFlight();
            return Objects.requireNonNull(gates.get(scope)).tryEnter(key);
        }

        @Override
        public void close() {
            gates.values().forEach(LoadGate::close);
        }
    }
}
