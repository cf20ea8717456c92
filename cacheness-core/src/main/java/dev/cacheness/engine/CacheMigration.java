package dev.cacheness.engine;

import dev.cacheness.CacheStorageException;
import dev.cacheness.Cacheness;
import dev.cacheness.TransferReport;
import dev.cacheness.internal.transfer.StoreSource;
import dev.cacheness.internal.transfer.StoreTarget;
import dev.cacheness.internal.transfer.Tally;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.storage.BlobStore;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies the entries of a cache, or the artifacts of a store, into another one with other backends, another codec or another layout. Keeps when they were
 * put, when they expire, attributes, tags, custom metadata, and how often they were read. Each value is read back and compared before its entry is
 * stored.
 *
 * <p>Nothing of the source changes, and it may be read and changed meanwhile. A run that was interrupted can be repeated: what is there already is passed over, and
 * an entry is there whole or not at all. What was put into the source later than a run came by is copied by the next one. Not thread-safe.
 *
 * <pre>{@code
 * TransferReport report = CacheMigration.from(CachenessBuilder.at(old).metadataBackend("json"))
 *         .to(CachenessBuilder.at(next).codec("zstd"))
 *         .onProgress(progress -> log.info("{} of {}", progress.done(), progress.total()))
 *         .run();
 * }</pre>
 */
public final class CacheMigration {

    private final Supplier<TransferEnd> source;

    private @Nullable Supplier<TransferEnd> target;

    private Consumer<Progress> listener = progress -> {};

    /**
     * How far a run is.
     *
     * @param done entries that were looked at and had not expired
     * @param total entries that there were at the beginning, about
     * @param bytes how many bytes of values were copied so far, before compression
     */
    public record Progress(long done, long total, long bytes) {}

    private CacheMigration(Supplier<TransferEnd> source) {
        this.source = source;
    }

    /** From a cache that the builder describes; it is opened for the run, and nothing in it expires or is evicted meanwhile. */
    public static CacheMigration from(CachenessBuilder source) {
        return new CacheMigration(source::openForTransfer);
    }

    /**
     * From a cache that is open, and stays so.
     *
     * @throws IllegalArgumentException if a {@link CachenessBuilder} did not open it
     */
    public static CacheMigration from(Cacheness source) {
        return new CacheMigration(end(source));
    }

    /** From a store of artifacts that the builder describes; it is opened for the run. */
    public static CacheMigration from(BlobStoreBuilder source) {
        return new CacheMigration(source::openForTransfer);
    }

    /**
     * From a store of artifacts that is open, and stays so.
     *
     * @throws IllegalArgumentException if a {@link BlobStoreBuilder} did not open it
     */
    public static CacheMigration from(BlobStore source) {
        return new CacheMigration(end(source));
    }

    /** Into a cache that the builder describes; it is opened for the run. */
    public CacheMigration to(CachenessBuilder target) {
        this.target = target::openForTransfer;
        return this;
    }

    /** Into a cache that is open, and stays so. */
    public CacheMigration to(Cacheness target) {
        this.target = end(target);
        return this;
    }

    /** Into a store of artifacts that the builder describes; it is opened for the run. */
    public CacheMigration to(BlobStoreBuilder target) {
        this.target = target::openForTransfer;
        return this;
    }

    /** Into a store of artifacts that is open, and stays so. */
    public CacheMigration to(BlobStore target) {
        this.target = end(target);
        return this;
    }

    private static Supplier<TransferEnd> end(Object opened) {
        if (opened instanceof DefaultCacheness cache) {
            return cache::transferEnd;
        }
        if (opened instanceof DefaultBlobStore store) {
            return store::transferEnd;
        }
        throw new IllegalArgumentException(
                "Entries are copied between what CachenessBuilder and BlobStoreBuilder open," + " but got "
                        + Objects.requireNonNull(opened, "cache").getClass().getName());
    }

    /** Is told of the progress after every entry, by the thread that runs. What it throws ends the run. */
    public CacheMigration onProgress(Consumer<Progress> listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Copies what is not there yet.
     *
     * @return what became of the entries; those that could not be read are named
     * @throws IllegalStateException if there is no target
     * @throws IllegalArgumentException if one end is a cache and the other one a store of artifacts, or both are the same
     * @throws dev.cacheness.CacheException if one of the two cannot be opened, or the target fails; what was copied so far is there
     */
    public TransferReport run() {
        if (target == null) {
            throw new IllegalStateException("There is no target; say to(…) first");
        }
        try (TransferEnd from = source.get();
                TransferEnd to = target.get()) {
            if (from.kind() != to.kind() || from.store() == to.store()) {
                throw new IllegalArgumentException("Entries cannot be copied from "
                        + from.kind().words() + " to "
                        + (from.store() == to.store() ? "itself" : to.kind().words()));
            }
            return copy(from, to);
        }
    }

    private TransferReport copy(TransferEnd from, TransferEnd to) {
        var entries = new StoreSource(from.store(), EntryFilter.ALL, false);
        StoreTarget receiver = to.target();
        long total = entries.count();
        Tally tally = new Tally();
        try {
            entries.forEach(from.clock().instant(), tally, (entry, value) -> {
                receiver.put(entry, value, tally);
                TransferReport soFar = tally.report();
                listener.accept(new Progress(soFar.entries() - soFar.expired(), total, soFar.bytes()));
            });
        } catch (IOException ex) {
            throw new CacheStorageException("A value of the source could not be closed: " + ex, ex);
        }
        to.store().index().force();
        return tally.report();
    }
}
