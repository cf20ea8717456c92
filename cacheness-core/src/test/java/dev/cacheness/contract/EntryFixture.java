package dev.cacheness.contract;

import dev.cacheness.EntryMetadata;
import dev.cacheness.spi.Content;
import dev.cacheness.spi.StoredEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a row, of which a test says only what matters to it. Every row gets a generation of its own. */
public final class EntryFixture {

    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

    private final String digest;

    private String namespace = "";

    private Instant createdAt = NOW;

    private Instant accessedAt = NOW;

    private @Nullable Instant expiresAt;

    private Map<String, Object> attributes = Map.of();

    private Set<String> tags = Set.of();

    private Map<String, String> keyParameters = Map.of();

    private @Nullable String description;

    private long sizeBytes = 3;

    private @Nullable String blobId;

    private EntryFixture(String digest) {
        this.digest = digest;
    }

    /** An entry whose digest is the number as 32 hexadecimal characters. */
    public static EntryFixture entry(long number) {
        return entry(digest(number));
    }

    public static EntryFixture entry(String digest) {
        return new EntryFixture(digest);
    }

    public static String digest(long number) {
        return String.format("%032x", number);
    }

    public EntryFixture in(String namespace) {
        this.namespace = namespace;
        return this;
    }

    public EntryFixture createdAt(Instant createdAt) {
        this.createdAt = createdAt;
        return this;
    }

    public EntryFixture accessedAt(Instant accessedAt) {
        this.accessedAt = accessedAt;
        return this;
    }

    public EntryFixture expiresAt(Instant expiresAt) {
        this.expiresAt = expiresAt;
        return this;
    }

    public EntryFixture with(Map<String, Object> attributes) {
        this.attributes = attributes;
        return this;
    }

    public EntryFixture tagged(String... tags) {
        this.tags = new TreeSet<>(Set.of(tags));
        return this;
    }

    public EntryFixture describedAs(String description, Map<String, String> keyParameters) {
        this.description = description;
        this.keyParameters = keyParameters;
        return this;
    }

    public EntryFixture sized(long sizeBytes) {
        this.sizeBytes = sizeBytes;
        return this;
    }

    public EntryFixture inBlob(String blobId) {
        this.blobId = blobId;
        return this;
    }

    public StoredEntry build() {
        return build(new byte[] {1, 2, 3});
    }

    public StoredEntry build(byte[] inline) {
        var metadata = new EntryMetadata(
                digest,
                namespace,
                keyParameters,
                description,
                attributes,
                tags,
                createdAt,
                accessedAt,
                expiresAt,
                0,
                Duration.ofNanos(1_234_567),
                "object",
                "com.example.Value",
                "zstd",
                sizeBytes * 2,
                sizeBytes);
        var content = new Content(new byte[] {9, 0, 9}, null, blobId == null ? inline : null, blobId);
        return new StoredEntry(metadata, UUID.randomUUID().toString().replace("-", ""), 7, "fp", content);
    }
}
