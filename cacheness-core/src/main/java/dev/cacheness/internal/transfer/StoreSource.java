package dev.cacheness.internal.transfer;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.EntryMetadata;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.spi.CustomCondition;
import dev.cacheness.spi.CustomMatch;
import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.CustomSelection;
import dev.cacheness.spi.CustomTable;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.StoredEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives the entries of a store one by one, while others may read and change it. For one thread. */
public final class StoreSource {

    /** The entries are taken by the first two digits of their digests, so that those which come and go do not move the others. */
    private static final int PARTS = 256;

    private final EntryStore store;

    private final EntryFilter filter;

    private final boolean checked;

    private final Map<String, List<CustomRow>> custom;

    /**
     * Keeps the custom metadata of all entries on the heap until the last one was given.
     *
     * @param checked whether to read each value before it is given, for receivers that cannot take back what they have begun
     */
    public StoreSource(EntryStore store, EntryFilter filter, boolean checked) {
        this.checked = checked;
        this.store = store;
        this.filter = filter;
        this.custom = customRows(store.index());
    }

    /** How many entries there are about. */
    public long count() {
        return store.index().count(filter);
    }

    /** Gives every entry to the receiver, and counts those that are of no use to it. */
    public void forEach(Instant now, Tally tally, Receiver receiver) throws IOException {
        for (int part = 0; part < PARTS; part++) {
            String prefix = String.format("%02x", part);
            String wanted = filter.digestPrefix();
            if (!prefix.startsWith(wanted) && !wanted.startsWith(prefix)) {
                continue;
            }
            EntryFilter ofPart = new EntryFilter(
                    filter.namespace(),
                    wanted.length() > prefix.length() ? wanted : prefix,
                    filter.attributes(),
                    filter.tags(),
                    null);
            for (EntryMetadata listed : store.index().list(ofPart, 0, Integer.MAX_VALUE)) {
                if (listed.isExpired(now)) {
                    tally.expired();
                } else {
                    give(listed.digest(), tally, receiver);
                }
            }
        }
    }

    private void give(String digest, Tally tally, Receiver receiver) throws IOException {
        Optional<StoredEntry> row = store.index().findDescribed(digest);
        while (row.isPresent()) {
            StoredEntry entry = row.get();
            InputStream value;
            try {
                if (checked) {
                    store.check(entry);
                }
                value = store.open(entry);
            } catch (NoSuchFileException ex) {
                row = replacement(entry);
                if (row.isEmpty()) {
                    tally.failed(digest, ex);
                }
                continue;
            } catch (IOException ex) {
                tally.failed(digest, ex);
                return;
            }
            try (value) {
                receiver.receive(travelling(entry), value);
            }
            return;
        }
    }

    /** The row that took the place of one whose bytes are gone. */
    private Optional<StoredEntry> replacement(StoredEntry entry) {
        return store.index()
                .findDescribed(entry.digest())
                .filter(row -> !row.generation().equals(entry.generation()));
    }

    private TravellingEntry travelling(StoredEntry entry) {
        return new TravellingEntry(
                entry.metadata(),
                entry.handlerVersion(),
                entry.typeFingerprint(),
                custom.getOrDefault(entry.digest(), List.of()));
    }

    private static Map<String, List<CustomRow>> customRows(MetadataBackend index) {
        Map<String, List<CustomRow>> rows = new HashMap<>();
        for (CustomTable table : customTables(index)) {
            // At the beginning of time no entry has expired.
            var all = new CustomSelection(
                    table, new CustomCondition.All(List.of()), Instant.EPOCH, List.of(), 0, Integer.MAX_VALUE);
            for (CustomMatch match : index.customMatches(all)) {
                rows.computeIfAbsent(match.digest(), digest -> new ArrayList<>())
                        .add(new CustomRow(table, match.values()));
            }
        }
        return rows;
    }

    /** A backend that keeps no custom metadata says so by an exception; one that is down fails at the next call again. */
    private static List<CustomTable> customTables(MetadataBackend index) {
        try {
            return index.customTables();
        } catch (CacheMetadataException ex) {
            index.totals();
            return List.of();
        }
    }

    /** Takes entries. */
    @FunctionalInterface
    public interface Receiver {

        /** @param value the bytes as the handler wrote them; the receiver need not close it */
        void receive(TravellingEntry entry, InputStream value) throws IOException;
    }
}
