package dev.cacheness.engine;

import dev.cacheness.internal.key.DigestedKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides who of all those that want the value of a key loads it, and what the others do meanwhile. Thread-safe. */
interface LoadGate {

    /**
     * The value that this caller or another one loaded.
     *
     * @throws X what the load threw, for the caller that ran it and for those in this process that waited for it
     */
    <V, X extends Exception> V pass(DigestedKey key, Load<V, X> load) throws X;

    /**
     * For a caller that loads several values at once: takes the turn for one of them without waiting.
     *
     * @return null if another caller has it
     */
    default @Nullable Turn tryEnter(DigestedKey key) {
        return outcome -> {};
    }

    /** The right to load one value, given back by telling what came of it. */
    @FunctionalInterface
    interface Turn {

        /** @param outcome the value for those that wait, a {@link Throwable} that the load threw, or null if somebody else should try. May be told twice. */
        void end(@Nullable Object outcome);
    }

    /** Lets go of all resources; loads that are on their way may end. */
    default void close() {}

    /** A load that one caller wants. */
    interface Load<V, X extends Exception> {

        /** The value, if somebody stored it meanwhile. */
        Optional<V> stored();

        /** Loads the value and stores it, whether or not there is one. */
        V run() throws X;

        /** For who got through the gate: somebody else may have loaded it between the miss and this caller's turn. */
        default V storedOrRun() throws X {
            Optional<V> stored = stored();
            return stored.isPresent() ? stored.get() : run();
        }
    }
}
