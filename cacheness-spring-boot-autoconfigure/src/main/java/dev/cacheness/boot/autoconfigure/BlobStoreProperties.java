package dev.cacheness.boot.autoconfigure;

import dev.cacheness.Durability;
import dev.cacheness.engine.BlobStoreBuilder;
import dev.cacheness.engine.CachenessBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the store of artifacts, which is there if its directory or its blob backend is set.
 *
 * @param dir Directory of the store of artifacts, not that of the cache. It is made if it is not there. If only the blob backend is set: artifacts.
 * @param durability What a write survives: the death of the process, or a loss of power too.
 * @param versions Whether a put under a key that is there adds a version, instead of replacing the value.
 * @param keepVersions How many versions of a key a put leaves; 0 keeps all.
 * @param contentAddressable Whether the key of a value is the SHA-256 of its content, so that equal contents are stored once.
 * @param metadata The index of the artifacts.
 * @param blob Where values are kept that are too large for the index.
 * @param compression How values are made smaller.
 */
@ConfigurationProperties("cacheness.blob-store")
public record BlobStoreProperties(
        @Nullable Path dir,
        @DefaultValue("power") Durability durability,
        @DefaultValue("false") boolean versions,
        @DefaultValue("0") int keepVersions,
        @DefaultValue("false") boolean contentAddressable,
        @DefaultValue Metadata metadata,
        @DefaultValue Blob blob,
        @DefaultValue Compression compression) {

    static final Path DEFAULT_DIRECTORY = Path.of("artifacts");

    Path directory() {
        return dir != null ? dir : DEFAULT_DIRECTORY;
    }

    /**
     * The index of the artifacts.
     *
     * @param backend Name of the metadata backend, built-in or registered.
     * @param options Further settings of the metadata backend, as it names them.
     */
    public record Metadata(
            @DefaultValue(CachenessBuilder.DEFAULT_METADATA_BACKEND)
            String backend,

            @DefaultValue Map<String, String> options) {

        /** Leaves out the options, which may be secret. */
        @Override
        public String toString() {
            return "Metadata[backend=" + backend + ", options=" + options.keySet() + "]";
        }
    }

    /**
     * Where values are kept that are too large for the index.
     *
     * @param backend Name of the blob backend, built-in or registered. If this is empty: memory where the index is in memory, otherwise filesystem.
     * @param options Further settings of the blob backend, as it names them.
     */
    public record Blob(
            @Nullable String backend, @DefaultValue Map<String, String> options) {

        /** Leaves out the options, which may be secret. */
        @Override
        public String toString() {
            return "Blob[backend=" + backend + ", options=" + options.keySet() + "]";
        }
    }

    /**
     * How values are made smaller.
     *
     * @param codec Name of the codec, built-in or registered.
     * @param level Level of compression, within the range of the codec. The codec chooses if this is empty.
     */
    public record Compression(
            @DefaultValue(BlobStoreBuilder.DEFAULT_CODEC) String codec,
            @Nullable Integer level) {}
}
