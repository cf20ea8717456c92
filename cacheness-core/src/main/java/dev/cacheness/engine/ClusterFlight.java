package dev.cacheness.engine;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.internal.key.DigestedKey;
import dev.cacheness.spi.LoadLeases;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Lets one caller per key do the work in all processes that share the index, while the others wait for its value. Those of this process stand in line
 * before another gate, so that only one of them at a time asks the index. Thread-safe.
 *
 * <p>An exception is not handed to other processes: there, the next one tries. A process that dies or stands still loses its lease after a while, and
 * another one loads. If the index does not answer, each process loads for itself.
 *
 * <p>Loads of different processes that wait for each other would do so for ever. So a thread that is loading already waits for another key no longer than a
 * lease lasts, and then loads it, too.
 */
final class ClusterFlight implements LoadGate {

    /** A load that takes longer than any. */
    private static final Duration FOREVER = Duration.ofDays(365);

    private final LoadGate inProcess;

    private final LoadLeases leases;

    private final Duration leaseTime;

    private final LeaseKeeper keeper;

    private final FailureLog failures;

    /** How many leases the thread has. */
    private final ThreadLocal<Integer> held = ThreadLocal.withInitial(() -> 0);

    ClusterFlight(LoadGate inProcess, LoadLeases leases, Duration leaseTime, FailureLog failures) {
        this.inProcess = inProcess;
        this.leases = leases;
        this.leaseTime = leaseTime;
        this.keeper = new LeaseKeeper(leases, leaseTime, failures);
        this.failures = failures;
    }

    @Override
    public <V, X extends Exception> V pass(DigestedKey key, Load<V, X> load) throws X {
        return inProcess.pass(key, new Load<V, X>() {
            @Override
            public Optional<V> stored() {
                return load.stored();
            }

            @Override
            public V run() throws X {
                return load.run();
            }

            @Override
            public V storedOrRun() throws X {
                return alone(key.digest(), load);
            }
        });
    }

    private <V, X extends Exception> V alone(String digest, Load<V, X> load) throws X {
        Duration patience = held.get() > 0 ? leaseTime : FOREVER;
        long start = System.nanoTime();
        while (true) {
            Optional<V> stored = load.stored();
            if (stored.isPresent()) {
                return stored.get();
            }
            Optional<String> token;
            try {
                token = leases.claim(digest, leaseTime);
                if (token.isEmpty() && !leases.awaitFree(digest, patience.minusNanos(System.nanoTime() - start))) {
                    return load.run();
                }
            } catch (CacheMetadataException ex) {
                failures.warn(
                        "lease", "The index does not answer; key " + digest + " is loaded by each process itself", ex);
                return load.run();
            }
            if (token.isPresent()) {
                return withLease(digest, token.get(), load);
            }
        }
    }

    private <V, X extends Exception> V withLease(String digest, String token, Load<V, X> load) throws X {
        held.set(held.get() + 1);
        LeaseKeeper.Kept kept = keeper.keep(digest, token);
        try {
            // Between the miss and the lease, the former holder may have stored the value.
            return load.storedOrRun();
        } finally {
            giveBack(digest, token, kept);
        }
    }

    private void giveBack(String digest, String token, LeaseKeeper.Kept kept) {
        kept.end();
        int left = held.get() - 1;
        if (left > 0) {
            held.set(left);
        } else {
            held.remove();
        }
        release(digest, token);
    }

    /** The outcome of the load counts, whatever becomes of the lease. */
    private void release(String digest, String token) {
        try {
            leases.release(digest, token);
        } catch (CacheMetadataException ex) {
            failures.warn("lease", "The lease of key " + digest + " could not be released; it ends by time", ex);
        }
    }

    @Override
    public @Nullable Turn tryEnter(DigestedKey key) {
        Turn turn = inProcess.tryEnter(key);
        if (turn == null) {
            return null;
        }
        String digest = key.digest();
        Optional<String> token;
        try {
            token = leases.claim(digest, leaseTime);
        } catch (CacheMetadataException ex) {
            failures.warn(
                    "lease", "The index does not answer; key " + digest + " is loaded by each process itself", ex);
            return turn;
        } catch (RuntimeException ex) {
            turn.end(null);
            throw ex;
        }
        if (token.isEmpty()) {
            turn.end(null);
            return null;
        }
        held.set(held.get() + 1);
        LeaseKeeper.Kept kept = keeper.keep(digest, token.get());
        var open = new AtomicBoolean(true);
        return outcome -> {
            if (open.compareAndSet(true, false)) {
                giveBack(digest, token.get(), kept);
                turn.end(outcome);
            }
        };
    }

    @Override
    public void close() {
        keeper.close();
        inProcess.close();
    }
}
