package dev.cacheness.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs the same in several threads that begin together. */
final class Concurrently {

    private Concurrently() {}

    static void run(int threads, Task task) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            var start = new CyclicBarrier(threads);
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                futures.add(executor.submit(() -> {
                    start.await();
                    task.run(thread);
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get(60, TimeUnit.SECONDS);
            }
        } catch (Exception ex) {
            throw new AssertionError("A thread failed", ex);
        } finally {
            executor.shutdownNow();
        }
    }

    interface Task {

        void run(int thread) throws Exception;
    }
}
