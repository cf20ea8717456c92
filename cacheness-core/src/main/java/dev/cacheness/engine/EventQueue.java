package dev.cacheness.engine;

import dev.cacheness.CacheEvent;
import dev.cacheness.CacheEventListener;
import dev.cacheness.CacheEventStats;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Hands events to listeners in a thread of their own. Never waits: what does not fit into the queue is dropped and counted. Thread-safe. */
final class EventQueue implements AutoCloseable {

    static final int CAPACITY = 8 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final long POLL_MILLIS = 200;

    private final List<CacheEventListener> listeners;

    private final FailureLog failures;

    private final BlockingQueue<CacheEvent> queue = new ArrayBlockingQueue<>(CAPACITY);

    private final AtomicLong delivered = new AtomicLong();

    private final LongAdder dropped = new LongAdder();

    private final Thread thread;

    private volatile boolean closed;

    /** Without listeners there is no thread, and events are not even made. */
    EventQueue(List<CacheEventListener> listeners, FailureLog failures) {
        this.listeners = List.copyOf(listeners);
        this.failures = failures;
        this.thread = new Thread(this::deliver, "cacheness-events");
        thread.setDaemon(true);
        if (!listeners.isEmpty()) {
            thread.start();
        }
    }

    boolean hasListeners() {
        return !listeners.isEmpty();
    }

    void offer(Supplier<CacheEvent> event) {
        if (hasListeners() && !closed && !queue.offer(event.get())) {
            dropped.increment();
            failures.warn("events", "Listeners are slower than events come; some are dropped", null);
        }
    }

    CacheEventStats stats() {
        return new CacheEventStats(delivered.get(), dropped.sum());
    }

    private void deliver() {
        try {
            while (!closed || !queue.isEmpty()) {
                CacheEvent event = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (event != null) {
                    tell(event);
                    delivered.incrementAndGet();
                }
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(CacheEvent event) {
        for (CacheEventListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError ex) {
                failures.warn("listener", "The listener " + listener.getClass().getName() + " failed", ex);
            }
        }
    }

    /** Events that are waiting are still told, unless that takes too long. May be called by a listener. */
    @Override
    public void close() {
        closed = true;
        if (!hasListeners() || Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            failures.warn("events", "Listeners did not end within " + PATIENCE, null);
            thread.interrupt();
        }
    }
}
