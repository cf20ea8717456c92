package dev.cacheness.spi;

import java.time.Duration;
import java.util.Optional;

/**
 * Lets one process, of all that share an index, load the value of a digest while the others wait. A {@link MetadataBackend} that can do that gives it by
 * {@link MetadataBackend#unwrap}. Thread-safe.
 *
 * <p>A lease ends when it is released, or by time, so that a holder that died blocks nobody for long. Only the clock of the index counts. Who claims a
 * lease that has ended by time is its new holder, and the digest counts as invalidated from then on; so what the former holder loaded is not stored any
 * more under {@link PutCondition.IfNotInvalidated}, provided that it asked for the number after it had got the lease.
 *
 * <p>Every method throws {@link dev.cacheness.CacheMetadataException} if the index cannot be reached.
 */
public interface LoadLeases {

    /**
     * Claims the lease of a digest.
     *
     * @return the token of the new lease; empty if somebody, perhaps in this process, has the lease
     */
    Optional<String> claim(String digest, Duration length);

    /**
     * Lets a lease end not before {@code length} from now.
     *
     * @return false if somebody else has the lease by now
     */
    boolean renew(String digest, String token, Duration length);

    /** Ends a lease and wakes those who wait for that. Does nothing if somebody else has the lease by now. */
    void release(String digest, String token);

    /**
     * Waits until nobody has the lease of a digest, or the time is up. An interrupt does not end the waiting and is not forgotten.
     *
     * @return whether nobody had the lease
     */
    boolean awaitFree(String digest, Duration maxWait);
}
