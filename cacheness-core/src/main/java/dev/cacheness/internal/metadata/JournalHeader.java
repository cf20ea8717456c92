package dev.cacheness.internal.metadata;

import dev.cacheness.CacheMetadataException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The first line of a journal or snapshot.
 *
 * @param version 1 had no custom metadata
 * @param sequence of a journal, the number of the snapshot that it continues; of a snapshot, its own number
 */
record JournalHeader(String kind, long version, long sequence) {

    static final String JOURNAL = "journal";

    static final String SNAPSHOT = "snapshot";

    private static final long VERSION = 2;

    /** Of the present version. */
    JournalHeader(String kind, long sequence) {
        this(kind, VERSION, sequence);
    }

    /** Whether lines of the present version must not follow. */
    boolean isOld() {
        return version < VERSION;
    }

    Map<String, Object> toJson() {
        var json = new LinkedHashMap<String, Object>();
        json.put("cacheness", kind);
        json.put("version", version);
        json.put("sequence", sequence);
        return json;
    }

    /**
     * The header of a file.
     *
     * @throws CacheMetadataException if the file is not ours, or of a newer version
     */
    static JournalHeader of(Path file, String kind, Map<String, Object> json) {
        if (!kind.equals(json.get("cacheness"))
                || !(json.get("version") instanceof Long version)
                || !(json.get("sequence") instanceof Long sequence)) {
            throw new CacheMetadataException("The file " + file + " is not a " + kind
                    + " of Cacheness. It was left as it is: move it away, or choose another cacheness.storage.dir.");
        }
        if (version > VERSION) {
            throw new CacheMetadataException("The " + kind + " " + file + " has version " + version
                    + ", but this version of Cacheness knows no later one than " + VERSION
                    + ". It was left as it is: use the newer version of Cacheness, or another cacheness.storage.dir.");
        }
        return new JournalHeader(kind, version, sequence);
    }
}
