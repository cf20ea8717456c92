package dev.cacheness.boot.annotation;

import dev.cacheness.CacheException;
import dev.cacheness.CacheKey;
import dev.cacheness.CacheLoadRefusedException;
import dev.cacheness.CacheLoadTimeoutException;
import dev.cacheness.Cacheness;
import dev.cacheness.PutOption;
import dev.cacheness.boot.transaction.CacheTransactions;
import dev.cacheness.spi.NullValue;
import org.jspecify.annotations.Nullable;

/** Calls whose result is there when they return. Thread-safe. */
final class PlainCalls {

    private final Cacheness cacheness;

    private final CacheTransactions transactions;

    private final Removals removals;

    private final CallFailures failures;

    /** How many loads this thread is in. */
    private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);

    PlainCalls(Cacheness cacheness, CacheTransactions transactions, Removals removals, CallFailures failures) {
        this.cacheness = cacheness;
        this.transactions = transactions;
        this.removals = removals;
        this.failures = failures;
    }

    /** @param key one under which null may be stored, unless the result is never null */
    @Nullable
    Object call(CacheKey<Object> key, Invocation invocation, boolean ignoreErrors, PutOption... options)
            throws Throwable {
        if (transactions.hides(key.keyNamespace())) {
            return invocation.call();
        }
        Load load = new Load(invocation);
        Object result;
        try {
            result = cacheness.getOrCompute(key, ignored -> load.run(), options);
        } catch (Throwable ex) {
            if (ex == load.thrown || !ignoreErrors || !isOfTheCache(ex)) {
                throw ex;
            }
            if (load.done && ex instanceof CacheException) {
                // The policy of the cache wants it: it is not told otherwise that a value could not be stored.
                throw ex;
            }
            failures.record(key.keyNamespace(), "the method was called", ex);
            return load.done ? load.result : invocation.call();
        }
        if (load.done && transactions.isActive()) {
            // The method may have read what the transaction has written.
            transactions.onRollback(() -> removals.tolerant(key.keyNamespace(), () -> cacheness.invalidate(key)));
        }
        return result == NullValue.INSTANCE ? null : result;
    }

    /** The cache complains with an IllegalStateException if a load comes back to its own key. What the policy says of slow and failing loads is no failure of it. */
    private boolean isOfTheCache(Throwable failure) {
        return (failure instanceof CacheException && !isLimit(failure))
                || (failure instanceof IllegalStateException && depth.get() > 0);
    }

    /** Whether a load took longer, or failed more often, than the policy of the cache allows: calling the method all the same would take just as long. */
    static boolean isLimit(Throwable failure) {
        return failure instanceof CacheLoadTimeoutException || failure instanceof CacheLoadRefusedException;
    }

    /** What is called if there is no cached result. */
    @FunctionalInterface
    interface Invocation {

        @Nullable
        Object call() throws Throwable;
    }

    /** Tells the failures of the method from those of the cache. */
    private final class Load {

        private final Invocation invocation;

        private @Nullable Throwable thrown;

        private boolean done;

        private @Nullable Object result;

        Load(Invocation invocation) {
            this.invocation = invocation;
        }

        Object run() {
            depth.set(depth.get() + 1);
            try {
                result = invocation.call();
                done = true;
                return result == null ? NullValue.INSTANCE : result;
            } catch (Throwable ex) {
                thrown = ex;
                throw PlainCalls.<RuntimeException>unchecked(ex);
            } finally {
                leave();
            }
        }

        private void leave() {
            int left = depth.get() - 1;
            if (left == 0) {
                depth.remove();
            } else {
                depth.set(left);
            }
        }
    }

    /** Throws whatever it is; the method that is called has declared it. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X unchecked(Throwable failure) throws X {
        throw (X) failure;
    }
}
