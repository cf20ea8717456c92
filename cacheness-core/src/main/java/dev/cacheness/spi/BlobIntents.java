package dev.cacheness.spi;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Keeps account, in the index, of the blobs that no row names: those that somebody is about to write, and those that are doomed. A
 * {@link MetadataBackend} that can do that gives it by {@link MetadataBackend#unwrap}. Thread-safe.
 *
 * <p>It is for places where nobody can tell whether a writer on another host is still alive. A writer registers an intent before it begins a blob, and
 * renews it until the row that names the blob is stored; storing the row ends the intent. Once an intent has ended by time, a sweep may doom the blob, and
 * from that moment on no row can name it: the put of a writer that stood still for too long fails. A blob whose row was replaced or removed is doomed in
 * the same transaction. So blobs are found for deletion without looking through the place where they are, and a crash at any moment forgets none.
 *
 * <p>Only the clock of the index counts. Every method throws {@link dev.cacheness.CacheMetadataException} if the index cannot be reached.
 */
public interface BlobIntents {

    /** From now on a row can name a blob only while there is an intent for it that has not ended. Holds for the index, for good, and for all who use it. */
    void require();

    /** Says that somebody is about to write a blob of that name, which must be a new one. */
    void register(String blobId, Duration lease);

    /** Lets intents end not before {@code lease} from now; those that are doomed already stay so. */
    void renew(Collection<String> blobIds, Duration lease);

    /** Ends the account of blobs that are gone, or were never written. */
    void forget(Collection<String> blobIds);

    /** Up to {@code limit} blobs whose intents have ended, or that no row names any more and nobody is deleting. Changes nothing. */
    List<String> ended(int limit);

    /**
     * Dooms those of the blobs that {@link #ended}: no row can name them from now on. Whoever is told one deletes it, and then calls {@link #forget}; if
     * that does not happen within a minute, it is among those that ended again.
     *
     * @return those to delete; others may be told the rest
     */
    List<String> doom(Collection<String> blobIds);
}
