package dev.cacheness.internal.store;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.CacheOutcomeUnknownException;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobBackend.BlobReader;
import dev.cacheness.spi.Codec;
import dev.cacheness.spi.Content;
import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.CustomSelection;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.PutResult;
import dev.cacheness.spi.StoredEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Any metadata backend joined with any blob backend. */
public final class ComposedStore implements EntryStore {

    private final MetadataBackend index;

    private final BlobBackend blobs;

    private final BlobDeletion deletion;

    private final Function<String, Optional<Codec>> codecs;

    private final boolean verify;

    /**
     * @param codecs finds a codec by name
     * @param verify whether stored bytes are compared with their checksums while reading
     */
    public ComposedStore(
            MetadataBackend index, BlobBackend blobs, Function<String, Optional<Codec>> codecs, boolean verify) {
        this.index = index;
        this.blobs = blobs;
        this.deletion = new BlobDeletion(blobs);
        this.codecs = codecs;
        this.verify = verify;
    }

    @Override
    public MetadataBackend index() {
        return index;
    }

    @Override
    public String blobBackendName() {
        return blobs.name();
    }

    @Override
    public ValueSink begin(WriteSettings settings) {
        return new ValueSink(blobs, settings);
    }

    @Override
    public PutResult commit(WrittenValue value, StoredEntry entry, PutCondition condition, List<CustomRow> custom) {
        try (value) {
            PutResult result = offer(entry, condition, custom);
            if (!result.stored()) {
                deletion.delete(value.content().blobId());
            }
            return result;
        }
    }

    @Override
    public PutResult offer(StoredEntry entry, PutCondition condition, List<CustomRow> custom) {
        PutResult result = putRow(entry, condition, custom);
        EntryRef replaced = result.replaced();
        if (replaced != null) {
            deletion.delete(replaced.blobId());
        }
        return result;
    }

    @Override
    public void discard(WrittenValue value) {
        try (value) {
            deletion.delete(value.content().blobId());
        }
    }

    /** A failed call may have stored the row all the same, for example if the connection broke while the answer was on its way. */
    private PutResult putRow(StoredEntry entry, PutCondition condition, List<CustomRow> custom) {
        try {
            return custom.isEmpty() ? index.put(entry, condition) : index.put(entry, condition, custom);
        } catch (CacheOutcomeUnknownException ex) {
            // The blob must stay; if no row refers to it in the end, a sweep will delete it.
            throw ex;
        } catch (CacheMetadataException ex) {
            if (isStored(entry, ex)) {
                return new PutResult(true, null);
            }
            deletion.delete(entry.content().blobId());
            throw ex;
        }
    }

    private boolean isStored(StoredEntry entry, CacheMetadataException cause) {
        try {
            return index.find(entry.digest())
                    .filter(found -> found.generation().equals(entry.generation()))
                    .isPresent();
        } catch (CacheMetadataException ex) {
            // Nobody knows, so the blob must stay; if no row refers to it, a sweep will delete it.
            cause.addSuppressed(ex);
            throw cause;
        }
    }

    @Override
    public InputStream open(StoredEntry entry) throws IOException {
        return open(entry, verify);
    }

    @Override
    public void check(StoredEntry entry) throws IOException {
        try (InputStream bytes = open(entry, true)) {
            bytes.transferTo(OutputStream.nullOutputStream());
        }
    }

    private InputStream open(StoredEntry entry, boolean verified) throws IOException {
        Blocks blocks = Blocks.of(entry);
        Codec codec = codecOf(entry.metadata().codec());
        BlobReader reader = readerOf(entry.content());
        try {
            return new ValueSource(blocks, reader, codec, verified);
        } catch (IOException | RuntimeException ex) {
            reader.close();
            throw ex;
        }
    }

    private @Nullable Codec codecOf(String name) throws UnknownCodecException {
        return name.equals("none") ? null : codecs.apply(name).orElseThrow(() -> new UnknownCodecException(name));
    }

    private BlobReader readerOf(Content content) throws IOException {
        byte[] inline = content.inline();
        if (inline != null) {
            return new InlineReader(inline);
        }
        String blobId = content.blobId();
        if (blobId == null) {
            throw new CorruptValueException("The row has neither bytes nor the name of a blob");
        }
        return blobs.open(blobId);
    }

    @Override
    public List<EntryRef> remove(Collection<EntryRef> entries) {
        return deleteBlobs(index.remove(entries));
    }

    @Override
    public List<EntryRef> removeExpired(Instant now, int limit) {
        return deleteBlobs(index.removeExpired(now, limit));
    }

    @Override
    public List<EntryRef> removeExpired(String namespace, Instant now, int limit) {
        return deleteBlobs(index.removeExpired(namespace, now, limit));
    }

    @Override
    public List<EntryRef> removeIdle(String namespace, Instant accessedAt, int limit) {
        return deleteBlobs(index.removeIdle(namespace, accessedAt, limit));
    }

    @Override
    public List<EntryRef> invalidate(Collection<String> digests) {
        return deleteBlobs(index.invalidate(digests));
    }

    @Override
    public List<EntryRef> invalidateMatching(EntryFilter filter, int limit) {
        return deleteBlobs(index.invalidateMatching(filter, limit));
    }

    @Override
    public List<EntryRef> invalidateCustom(CustomSelection selection, int limit) {
        return deleteBlobs(index.invalidateCustom(selection, limit));
    }

    @Override
    public int sweep() throws IOException {
        return blobs.sweep(index::referencedBlobs);
    }

    /** A sweep that deletes nothing, because it is told that entries refer to all blobs. */
    @Override
    public int orphans() throws IOException {
        var orphans = new AtomicInteger();
        blobs.sweep(candidates -> {
            orphans.addAndGet(
                    candidates.size() - index.referencedBlobs(candidates).size());
            return Set.copyOf(candidates);
        });
        return orphans.get();
    }

    @Override
    public void close() {
        try (blobs) {
            index.close();
        }
    }

    private List<EntryRef> deleteBlobs(List<EntryRef> removed) {
        deletion.delete(removed);
        return removed;
    }
}
