package dev.cacheness.internal.blob;

import dev.cacheness.spi.BlobBackend.References;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** For the processes of one host: who holds a lock of the operating system is alive. */
final class OwnerProtection implements Protection {

    private static final Logger log = LoggerFactory.getLogger(OwnerProtection.class);

    private final Path blobs;

    private final Path owners;

    private final OwnerLock lock;

    /** Blobs whose writers are open; a sweep leaves them alone. */
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    OwnerProtection(Path blobs, Path owners) throws IOException {
        this.blobs = blobs;
        this.owners = owners;
        PrivateFiles.createFolder(owners);
        this.lock = OwnerLock.acquire(owners);
    }

    @Override
    public String owner() {
        return lock.owner();
    }

    @Override
    public void begin(String blobId) {
        open.add(blobId);
    }

    @Override
    public void end(String blobId, boolean committed) {
        open.remove(blobId);
    }

    @Override
    public void deleted(String blobId) {}

    @Override
    public int sweep(References references) throws IOException {
        return new Sweep(blobs, owners, lock.owner(), open, references).run();
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException ex) {
            log.warn("The owner file {} could not be removed; the next sweep will", lock.owner(), ex);
        }
    }
}
