package dev.cacheness.sql;

import org.jspecify.annotations.Nullable;

/** Is told when queries begin and end, to measure or trace them. It must be quick and must not throw. Called by several threads. */
@FunctionalInterface
public interface QueryObserver {

    /** A query begins on the current thread. @param cache the name of the cache */
    Observed begin(String cache);

    /** A query that has begun. */
    @FunctionalInterface
    interface Observed {

        /**
         * The query ends, on the thread that it began on.
         *
         * @param status how much was there already, null if it failed
         * @param failure why it failed, null if it did not
         */
        void end(SqlCacheResult.@Nullable Status status, @Nullable Throwable failure);
    }
}
