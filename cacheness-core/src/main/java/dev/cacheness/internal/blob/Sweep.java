package dev.cacheness.internal.blob;

import dev.cacheness.spi.BlobBackend.References;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One pass over all files that look like blobs, deleting those that nobody refers to and nobody can be about to refer to: blobs of dead owners, and
 * blobs of this owner whose writers are closed.
 *
 * <p>The order makes that safe. A writer is taken off {@code open} only after its entry is stored, and a dead owner is one whose lock is held here, so it
 * cannot store an entry any more. Who refers to a blob is asked after that.
 */
final class Sweep {

    private static final int BATCH = 1_000;

    private final Path blobs;

    private final Path owners;

    private final String self;

    private final Set<String> open;

    private final References references;

    /** Owners met so far; empty for one that is alive. */
    private final Map<String, Optional<OwnerLock>> met = new HashMap<>();

    private int deleted;

    Sweep(Path blobs, Path owners, String self, Set<String> open, References references) {
        this.blobs = blobs;
        this.owners = owners;
        this.self = self;
        this.open = open;
        this.references = references;
    }

    int run() throws IOException {
        try {
            List<Path> candidates = new ArrayList<>();
            try (DirectoryStream<Path> shards = Files.newDirectoryStream(blobs, Sweep::isShard)) {
                for (Path shard : shards) {
                    collect(shard, candidates);
                }
            }
            deleteUnreferenced(candidates);
            forgetDeadOwners();
            return deleted;
        } finally {
            for (Optional<OwnerLock> lock : met.values()) {
                if (lock.isPresent()) {
                    lock.get().close();
                }
            }
        }
    }

    private void collect(Path shard, List<Path> candidates) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(shard)) {
            for (Path file : files) {
                BlobName name = BlobName.parse(file.getFileName().toString());
                if (name != null && (name.owner().equals(self) || isDead(name.owner()))) {
                    candidates.add(file);
                    if (candidates.size() == BATCH) {
                        deleteUnreferenced(candidates);
                    }
                }
            }
        }
    }

    private void deleteUnreferenced(List<Path> candidates) throws IOException {
        Set<String> closed = new HashSet<>();
        for (Path file : candidates) {
            String blobId = file.getFileName().toString();
            if (!open.contains(blobId)) {
                closed.add(blobId);
            }
        }
        Set<String> referenced = references.among(closed);
        for (Path file : candidates) {
            String blobId = file.getFileName().toString();
            if (closed.contains(blobId) && !referenced.contains(blobId) && Files.deleteIfExists(file)) {
                deleted++;
            }
        }
        candidates.clear();
    }

    /** Owner files without blobs, left by processes that died. */
    private void forgetDeadOwners() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(owners)) {
            for (Path file : files) {
                String owner = file.getFileName().toString();
                if (owner.length() == BlobName.OWNER_BYTES * 2 && !owner.equals(self)) {
                    isDead(owner);
                }
            }
        } catch (NoSuchFileException ex) {
            return;
        }
    }

    private boolean isDead(String owner) throws IOException {
        Optional<OwnerLock> lock = met.get(owner);
        if (lock == null) {
            lock = Optional.ofNullable(OwnerLock.takeOver(owners, owner));
            met.put(owner, lock);
        }
        return lock.isPresent();
    }

    private static boolean isShard(Path path) {
        return path.getFileName().toString().length() == 2 && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }
}
