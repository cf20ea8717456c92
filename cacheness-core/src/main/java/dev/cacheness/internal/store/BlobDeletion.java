package dev.cacheness.internal.store;

import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.EntryRef;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes blobs that no row refers to any more. One that cannot be deleted harms nobody, and is left to the next sweep. Thread-safe. */
final class BlobDeletion {

    private static final Logger log = LoggerFactory.getLogger(BlobDeletion.class);

    /** A place of blobs that is away fails for each of many. */
    private static final Duration WARNING_INTERVAL = Duration.ofMinutes(1);

    /** So many that it pays to start threads. */
    private static final int MANY = 1_000;

    /** Where one thread mostly waits for a disk or a network, a few do so at once. */
    private static final int THREADS = Math.min(Runtime.getRuntime().availableProcessors(), 4);

    /** Neighbours in the order of their names, which are in one folder. */
    private static final int TURN = 100;

    private final BlobBackend blobs;

    private final AtomicLong warned = new AtomicLong();

    BlobDeletion(BlobBackend blobs) {
        this.blobs = blobs;
    }

    void delete(@Nullable String blobId) {
        if (blobId == null) {
            return;
        }
        try {
            blobs.delete(blobId);
        } catch (IOException ex) {
            warn(blobId, ex);
        }
    }

    /** Deletes the blobs of all that have one, and returns when they are gone, interrupted or not. */
    void delete(List<EntryRef> removed) {
        List<String> ids = removed.stream()
                .map(EntryRef::blobId)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        var next = new AtomicInteger();
        Runnable turns = () -> {
            for (int from = next.getAndAdd(TURN); from < ids.size(); from = next.getAndAdd(TURN)) {
                ids.subList(from, Math.min(ids.size(), from + TURN)).forEach(this::delete);
            }
        };
        List<CompletableFuture<?>> helpers = Stream.<CompletableFuture<?>>generate(
                        () -> CompletableFuture.runAsync(turns, BlobDeletion::start))
                .limit(ids.size() < MANY ? 0 : THREADS - 1)
                .toList();
        try {
            turns.run();
        } finally {
            helpers.forEach(BlobDeletion::await);
        }
    }

    private static void start(Runnable helper) {
        Thread thread = new Thread(helper, "cacheness-blob-deletion");
        thread.setDaemon(true);
        thread.start();
    }

    private static void await(CompletableFuture<?> helper) {
        try {
            helper.join();
        } catch (CompletionException ex) {
            throw ex.getCause() instanceof RuntimeException unchecked ? unchecked : ex;
        }
    }

    private void warn(String blobId, IOException cause) {
        long now = System.nanoTime();
        long last = warned.get();
        if ((last == 0 || now - last > WARNING_INTERVAL.toNanos()) && warned.compareAndSet(last, now)) {
            log.warn(
                    "The blob {} could not be deleted; a sweep will do so, as with others of this minute",
                    blobId,
                    cause);
        } else {
            log.debug("The blob {} could not be deleted; a sweep will do so", blobId, cause);
        }
    }
}
