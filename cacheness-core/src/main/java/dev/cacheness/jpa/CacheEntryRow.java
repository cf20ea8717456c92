package dev.cacheness.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of the index as it was when it was read; without the value. What is said of {@link dev.cacheness.EntryMetadata} holds here, too. */
@Entity
@Immutable
@Table(name = "cacheness_entry")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
public final class CacheEntryRow {

    @Id
    @Column(name = "digest")
    private String digest;

    @Column(name = "namespace")
    private String namespace;

    @Column(name = "created_at")
    @Convert(converter = EpochMillis.class)
    private Instant createdAt;

    @Column(name = "accessed_at")
    @Convert(converter = EpochMillis.class)
    private Instant accessedAt;

    @Column(name = "expires_at")
    @Convert(converter = EpochMillis.class)
    private @Nullable Instant expiresAt;

    @Column(name = "hits")
    private long hits;

    @Column(name = "load_nanos")
    private @Nullable Long loadNanos;

    @Column(name = "handler")
    private String handler;

    @Column(name = "value_type")
    private String valueType;

    @Column(name = "codec")
    private String codec;

    @Column(name = "raw_size")
    private long rawSizeBytes;

    @Column(name = "stored_size")
    private long sizeBytes;

    @Column(name = "blob_id")
    private @Nullable String blobId;

    @Column(name = "description")
    private @Nullable String description;

    @Column(name = "key_parameters")
    private @Nullable String keyParameters;

    @Column(name = "attributes")
    private @Nullable String attributes;

    @Column(name = "tags")
    private @Nullable String tags;

    CacheEntryRow() {}

    public String getDigest() {
        return digest;
    }

    public String getNamespace() {
        return namespace;
    }

    public Instant getCreatedAt() {
        return createdAt;
    }

    public Instant getAccessedAt() {
        return accessedAt;
    }

    public @Nullable Instant getExpiresAt() {
        return expiresAt;
    }

    public long getHits() {
        return hits;
    }

    /** How many nanoseconds its loader took, null if it had none. */
    public @Nullable Long getLoadNanos() {
        return loadNanos;
    }

    public String getHandler() {
        return handler;
    }

    public String getValueType() {
        return valueType;
    }

    public String getCodec() {
        return codec;
    }

    public long getRawSizeBytes() {
        return rawSizeBytes;
    }

    public long getSizeBytes() {
        return sizeBytes;
    }

    /** The name of the blob that holds the value, null if the row holds it. */
    public @Nullable String getBlobId() {
        return blobId;
    }

    public @Nullable String getDescription() {
        return description;
    }

    /** A JSON object, null if there are none. */
    public @Nullable String getKeyParameters() {
        return keyParameters;
    }

    /** A JSON object, null if there are none. */
    public @Nullable String getAttributes() {
        return attributes;
    }

    /** A JSON array, null if there are none. */
    public @Nullable String getTags() {
        return tags;
    }

    @Override
    public String toString() {
        return "CacheEntryRow[digest=" + digest + ", namespace=" + namespace + "]";
    }
}
