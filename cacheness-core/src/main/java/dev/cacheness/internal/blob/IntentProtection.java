package dev.cacheness.internal.blob;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.spi.BlobBackend.References;
import dev.cacheness.spi.BlobIntents;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For any number of hosts: the index knows which blobs are being written, as long as their writers give signs of life, and which ones are to be deleted.
 * Nothing is ever listed.
 */
public final class IntentProtection implements Protection {

    public static final Duration DEFAULT_LEASE = Duration.ofSeconds(60);

    private static final Logger log = LoggerFactory.getLogger(IntentProtection.class);

    private static final int BATCH = 500;

    private final BlobIntents intents;

    private final Duration lease;

    private final Deleter deleter;

    private final String owner = BlobName.nextOwner();

    /** Blobs whose intents are renewed. */
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    private final ScheduledThreadPoolExecutor executor;

    public IntentProtection(BlobIntents intents, Duration lease, Deleter deleter) {
        this.intents = intents;
        this.lease = lease;
        this.deleter = deleter;
        this.executor = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "cacheness-intents");
            thread.setDaemon(true);
            return thread;
        });
        long interval = Math.max(1, lease.toMillis() / 3);
        executor.scheduleAtFixedRate(this::renew, interval, interval, TimeUnit.MILLISECONDS);
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public void begin(String blobId) throws IOException {
        try {
            intents.register(blobId, lease);
        } catch (CacheMetadataException ex) {
            throw new IOException("The intent to write a blob could not be registered: " + ex.getMessage(), ex);
        }
        open.add(blobId);
    }

    /** Storing the row has ended the intent. If that failed, the blob is deleted by whoever failed, or it is doomed when its intent has ended. */
    @Override
    public void end(String blobId, boolean committed) {
        open.remove(blobId);
        if (!committed) {
            deleted(blobId);
        }
    }

    @Override
    public void deleted(String blobId) {
        forget(List.of(blobId));
    }

    private void renew() {
        List<String> writing = List.copyOf(open);
        if (writing.isEmpty()) {
            return;
        }
        try {
            intents.renew(writing, lease);
        } catch (CacheMetadataException ex) {
            log.warn("The intents to write {} blobs could not be renewed; their puts may fail", writing.size(), ex);
        }
    }

    /** What is not forgotten now is found by the next sweep, which deletes it once more and forgets it then. */
    private void forget(List<String> blobIds) {
        try {
            intents.forget(blobIds);
        } catch (CacheMetadataException ex) {
            log.debug("{} deleted blobs are still in the account of the index", blobIds.size(), ex);
        }
    }

    @Override
    public int sweep(References references) throws IOException {
        int deleted = 0;
        List<String> ended;
        List<String> doomed;
        do {
            ended = intents.ended(BATCH);
            Set<String> named = ended.isEmpty() ? Set.of() : references.among(ended);
            List<String> candidates =
                    ended.stream().filter(blobId -> !named.contains(blobId)).toList();
            doomed = candidates.isEmpty() ? List.of() : intents.doom(candidates);
            deleted += delete(doomed);
        } while (ended.size() == BATCH && !doomed.isEmpty());
        return deleted;
    }

    private int delete(List<String> doomed) throws IOException {
        int deleted = 0;
        List<String> gone = new ArrayList<>();
        try {
            for (String blobId : doomed) {
                deleted += deleter.delete(blobId) ? 1 : 0;
                gone.add(blobId);
            }
        } finally {
            if (!gone.isEmpty()) {
                forget(gone);
            }
        }
        return deleted;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** Deletes a blob where it is. */
    @FunctionalInterface
    public interface Deleter {

        /** @return false if there is none of that name */
        boolean delete(String blobId) throws IOException;
    }
}
