package dev.cacheness.internal.s3;

import dev.cacheness.internal.blob.BlobName;
import dev.cacheness.internal.blob.IntentProtection;
import dev.cacheness.internal.blob.Protection;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobIntents;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blobs as objects:
 *
 * <pre>
 * &lt;prefix&gt;LAYOUT                                 says what is here
 * &lt;prefix&gt;blobs/3f/8a11d0c2b3e4f506-3f9c…e1    the bytes of one value, nothing else
 * </pre>
 *
 * <p>Nothing is ever listed to find blobs: the index knows which are being written and which are to be deleted. Nothing is overwritten: a put asks the server
 * to refuse if the name is taken.
 */
final class S3BlobBackend implements BlobBackend {

    private static final Logger log = LoggerFactory.getLogger(S3BlobBackend.class);

    private static final int UPLOAD_THREADS = 4;

    private final S3Objects objects;

    private final Runnable onClose;

    private final ExecutorService uploads;

    private @Nullable Protection protection;

    /** @param onClose lets go of the client */
    S3BlobBackend(S3Objects objects, Runnable onClose) {
        this.objects = objects;
        this.onClose = onClose;
        this.uploads = Executors.newFixedThreadPool(UPLOAD_THREADS, task -> {
            var thread = new Thread(task, "cacheness-s3-upload");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public String name() {
        return S3BlobBackendProvider.NAME;
    }

    @Override
    public Optional<String> place() {
        return Optional.of(objects.settings().place());
    }

    @Override
    public boolean needsIntents() {
        return true;
    }

    @Override
    public boolean useIntents(BlobIntents intents) {
        protection = new IntentProtection(intents, objects.settings().intentLease(), this::deleteDoomed);
        return true;
    }

    private Protection protection() {
        if (protection == null) {
            throw new IllegalStateException("The s3 backend was given no intents");
        }
        return protection;
    }

    @Override
    public BlobWriter create() throws IOException {
        Protection protecting = protection();
        objects.checkPause();
        String blobId = BlobName.next(protecting.owner()).toString();
        protecting.begin(blobId);
        return new S3BlobWriter(blobId, objects, protecting, uploads);
    }

    @Override
    public BlobReader open(String blobId) throws IOException {
        return S3BlobReader.open(blobId, objects);
    }

    /** Always true: the server does not say whether there was anything to delete. */
    @Override
    public boolean delete(String blobId) throws IOException {
        objects.delete(blobId);
        protection().deleted(blobId);
        return true;
    }

    /** No row can name it any more, so whatever its writer left goes, parts of an unfinished object included. */
    private boolean deleteDoomed(String blobId) throws IOException {
        try {
            objects.abortAllParts(blobId);
        } catch (IOException ex) {
            // Not every server knows the call, nor every user may make it; the life cycle of the bucket removes parts.
            log.debug("Unfinished parts of {} could not be looked for", blobId, ex);
        }
        objects.delete(blobId);
        return true;
    }

    @Override
    public int sweep(References references) throws IOException {
        return protection().sweep(references);
    }

    @Override
    public void close() {
        if (protection != null) {
            protection.close();
        }
        uploads.shutdownNow();
        onClose.run();
    }
}
