package dev.cacheness.engine;

import java.util.HashMap;
import java.util.Map;

/** What a store is for. A cache evicts whatever it finds, so nothing else may be opened in its place. */
enum StoreKind {
    CACHE("cacheness ", "a cache", "cacheness.storage.dir", "cacheness."),

    ARTIFACTS("cacheness-blobs ", "a store of artifacts", "cacheness.blob-store.dir", "cacheness.blob-store.");

    private static final String POSTGRESQL = "postgresql";

    private static final String SCHEMA = "schema";

    private static final String ARTIFACTS_SCHEMA = "cacheness_blobs";

    private final String marker;

    private final String words;

    private final String directoryProperty;

    private final String properties;

    StoreKind(String marker, String words, String directoryProperty, String properties) {
        this.marker = marker;
        this.words = words;
        this.directoryProperty = directoryProperty;
        this.properties = properties;
    }

    /** How the marker file of such a directory begins; the number of the layout follows. */
    String marker() {
        return marker;
    }

    String words() {
        return words;
    }

    /** The property that names the directory. */
    String directoryProperty() {
        return directoryProperty;
    }

    /** How the properties of its backends begin. */
    String properties() {
        return properties;
    }

    /** The options of a metadata backend, in a database that the cache may use, too. */
    Map<String, String> metadataOptions(String backend, Map<String, String> options) {
        if (this == CACHE || !backend.equals(POSTGRESQL) || options.containsKey(SCHEMA)) {
            return options;
        }
        var own = new HashMap<>(options);
        own.put(SCHEMA, ARTIFACTS_SCHEMA);
        return own;
    }
}
