package dev.cacheness.engine;

import dev.cacheness.Durability;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobIntents;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Keeps callers from waiting for a blob backend whose calls may hang; see {@link BlobCalls}. Thread-safe. */
final class GuardedBlobs implements BlobBackend {

    private final BlobBackend blobs;

    private final BlobCalls calls;

    private GuardedBlobs(BlobBackend blobs, BlobCalls calls) {
        this.blobs = blobs;
        this.calls = calls;
    }

    /** The backend itself if its calls do not hang. */
    static BlobBackend of(BlobBackend blobs, Duration readTimeout, InstantSource clock) {
        return blobs.mayHang() ? new GuardedBlobs(blobs, new BlobCalls(readTimeout, clock)) : blobs;
    }

    @Override
    public String name() {
        return blobs.name();
    }

    @Override
    public BlobWriter create() throws IOException {
        return create(blobs::create);
    }

    @Override
    public BlobWriter create(Durability durability) throws IOException {
        return create(() -> blobs.create(durability));
    }

    private BlobWriter create(BlobCalls.Call<BlobWriter> creation) throws IOException {
        BlobWriter writer = calls.call(calls.limit(), creation, late -> {
            if (late != null) {
                late.close();
            }
        });
        return new GuardedBlobWriter(blobs, writer, calls);
    }

    @Override
    public BlobReader open(String blobId) throws IOException {
        BlobReader reader = calls.call(calls.limit(), () -> blobs.open(blobId), late -> {
            if (late != null) {
                late.close();
            }
        });
        return new GuardedBlobReader(reader, calls);
    }

    @Override
    public boolean delete(String blobId) throws IOException {
        return calls.call(calls.limit(), () -> blobs.delete(blobId), late -> {});
    }

    /** For as long as it takes, for nobody waits for it. */
    @Override
    public int sweep(References references) throws IOException {
        calls.ensureAnswers();
        return blobs.sweep(references);
    }

    @Override
    public boolean useIntents(BlobIntents intents) {
        return blobs.useIntents(intents);
    }

    @Override
    public Optional<String> place() {
        return blobs.place();
    }

    @Override
    public boolean needsIntents() {
        return blobs.needsIntents();
    }

    @Override
    public void close() {
        calls.close();
        blobs.close();
    }
}
