package dev.cacheness.internal.handler.file;

import dev.cacheness.ValueSource;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A stored value whose stream is open and waits to be taken. Thread-safe. */
final class StoredSource implements ValueSource {

    private final AtomicReference<@Nullable InputStream> stream;

    StoredSource(InputStream stream) {
        this.stream = new AtomicReference<>(stream);
    }

    @Override
    public InputStream openStream() {
        InputStream taken = stream.getAndSet(null);
        if (taken == null) {
            throw new IllegalStateException(
                    "The stream of this value was given already; get the value from the cache again");
        }
        return taken;
    }
}
