package dev.cacheness.spi;

import java.util.Collection;

/**
 * Tells what anybody has changed in an index, in this process or another. A {@link MetadataBackend} that can tell gives it by
 * {@link MetadataBackend#unwrap}; while it cannot, or may have missed something, {@link MetadataBackend#changesOfOthers()} gives another number each
 * time. Thread-safe.
 */
public interface ChangeFeed {

    /** Adds a listener for as long as the backend is open. It is called by a thread of the backend, which it must not keep. */
    void subscribe(Listener listener);

    /** Whoever keeps rows. */
    interface Listener {

        /** The rows of these digests were replaced or removed, a moment ago. */
        void changed(Collection<String> digests);

        /** Any row may have been replaced or removed. */
        void anythingChanged();
    }
}
