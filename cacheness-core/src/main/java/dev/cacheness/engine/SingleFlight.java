package dev.cacheness.engine;

import dev.cacheness.internal.key.DigestedKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Lets one caller per key do the work while the others wait for its outcome, be it a value or an exception. Thread-safe.
 *
 * <p>A caller that would wait for itself, directly or through others that wait for it, gets an {@link IllegalStateException} instead of waiting for ever.
 */
final class SingleFlight implements LoadGate {

    private final Map<String, Flight> flights = new ConcurrentHashMap<>();

    /** What each waiting thread waits for. */
    private final Map<Thread, Flight> waiting = new ConcurrentHashMap<>();

    @Override
    @SuppressWarnings("unchecked")
    public <V, X extends Exception> V pass(DigestedKey key, Load<V, X> load) throws X {
        String digest = key.digest();
        Flight own = new Flight(digest, Thread.currentThread());
        Flight other = flights.putIfAbsent(digest, own);
        while (other != null) {
            Object value = await(other);
            if (value != null) {
                return (V) value;
            }
            other = flights.putIfAbsent(digest, own);
        }
        try {
            V value = load.storedOrRun();
            own.value = value;
            return value;
        } catch (Throwable ex) {
            own.failure = ex;
            throw ex;
        } finally {
            flights.remove(digest, own);
            own.landed.countDown();
        }
    }

    @Override
    public @Nullable Turn tryEnter(DigestedKey key) {
        Flight own = new Flight(key.digest(), Thread.currentThread());
        if (flights.putIfAbsent(key.digest(), own) != null) {
            return null;
        }
        return outcome -> {
            if (flights.remove(key.digest(), own)) {
                if (outcome instanceof Throwable failure) {
                    own.failure = failure;
                } else {
                    own.value = outcome;
                }
                own.landed.countDown();
            }
        };
    }

    /** The value of the flight; null if it had none to give, so that another one is to be tried. */
    private @Nullable Object await(Flight flight) {
        Thread self = Thread.currentThread();
        waiting.put(self, flight);
        boolean interrupted = false;
        try {
            refuseCycle(self, flight);
            while (true) {
                try {
                    flight.landed.await();
                    break;
                } catch (InterruptedException ex) {
                    interrupted = true;
                }
            }
        } finally {
            waiting.remove(self);
            if (interrupted) {
                self.interrupt();
            }
        }
        if (flight.failure != null) {
            throw SingleFlight.<RuntimeException>unchecked(flight.failure);
        }
        return flight.value;
    }

    private void refuseCycle(Thread self, Flight flight) {
        Flight next = flight;
        while (next != null) {
            if (next.owner == self) {
                throw new IllegalStateException("The loader of key " + next.digest
                        + " asks for the key that it is loading, directly or through another loader");
            }
            next = waiting.get(next.owner);
        }
    }

    /** Throws whatever was thrown to the caller that did the work; its type is part of the caller's own declaration. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X unchecked(Throwable failure) throws X {
        throw (X) failure;
    }

    private static final class Flight {

        private final String digest;

        private final Thread owner;

        private final CountDownLatch landed = new CountDownLatch(1);

        // Written before the latch opens, read after.
        private @Nullable Object value;

        private @Nullable Throwable failure;

        Flight(String digest, Thread owner) {
            this.digest = digest;
            this.owner = owner;
        }
    }
}
