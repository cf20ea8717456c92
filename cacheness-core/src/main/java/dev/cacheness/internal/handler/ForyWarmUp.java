package dev.cacheness.internal.handler;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.fory.ThreadSafeFory;
import org.slf4j.LoggerFactory;

/** Loads the classes of the serializer beside the first caller, who would wait for half a second otherwise. */
final class ForyWarmUp {

    /** Classes are loaded once in a process, so one warm-up serves all its caches. */
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private ForyWarmUp() {}

    static void begin(ForyHolder holder) {
        if (BEGUN.compareAndSet(false, true)) {
            Thread thread = new Thread(() -> run(holder), "cacheness-object-warm-up");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void run(ForyHolder holder) {
        try {
            ThreadSafeFory fory = holder.fory();
            fory.deserialize(fory.serialize(new ArrayList<>(
                    List.of("text", 1L, LocalDate.EPOCH, Optional.of(1), new HashMap<>(Map.of("key", 1.5))))));
        } catch (RuntimeException | LinkageError ex) {
            LoggerFactory.getLogger(ForyWarmUp.class)
                    .warn("The serializer of handler 'object' failed its first steps; values may not be stored", ex);
        }
    }
}
