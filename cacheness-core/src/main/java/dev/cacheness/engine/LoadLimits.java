package dev.cacheness.engine;

import java.time.InstantSource;

/** What all loads of a cache share, be they of one key or of many: who may load, and in which threads. Thread-safe. */
record LoadLimits(RetryPauses pauses, LoadBreakers breakers, BackgroundLoads timedLoads, Refreshes refreshes)
        implements AutoCloseable {

    static LoadLimits of(LoadGate gate, FailureLog failures, InstantSource clock) {
        var pauses = new RetryPauses();
        var breakers = new LoadBreakers(clock);
        return new LoadLimits(
                pauses,
                breakers,
                BackgroundLoads.forTimedLoads(),
                new Refreshes(gate, pauses, breakers, failures, clock));
    }

    @Override
    public void close() {
        refreshes.close();
        timedLoads.close();
    }
}
