package dev.cacheness.sql;

import org.jspecify.annotations.Nullable;

/**
 * Is told about queries and calls to the source, to measure or trace them. Its methods must be quick and must not throw. Called by several threads.
 */
public interface SqlCacheObserver {

    /** A query begins on the current thread. @param cache the name of the cache */
    Query query(String cache);

    /** A call to the source, or a page of it, begins on the current thread, which is one of the cache's. */
    Fetch fetch(FetchRequest request);

    /** Lets a task of the current thread, which another thread will run, know where it comes from. */
    default Runnable carry(Runnable task) {
        return task;
    }

    /** A query that has begun. */
    @FunctionalInterface
    interface Query {

        /**
         * The query ends, on the thread that it began on.
         *
         * @param status how much was there already, null if it failed
         * @param failure why it failed, null if it did not
         */
        void end(SqlCacheResult.@Nullable Status status, @Nullable Throwable failure);
    }

    /** A call that has begun. */
    @FunctionalInterface
    interface Fetch {

        /** The call ends, on the thread that it began on. @param failure why it failed, null if it did not */
        void end(@Nullable Throwable failure);
    }
}
