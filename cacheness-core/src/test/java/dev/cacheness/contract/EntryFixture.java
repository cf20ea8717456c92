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

/** Makes rows, of which a test says only what matters to it. Immutable; every row gets a generation of its own. */
public record EntryFixture(
        String digest,
        String namespace,
        Instant createdAt,
        Instant accessedAt,
        @Nullable Instant expiresAt,
        Map<String, Object> attributes,
        Set<String> tags,
        Map<String, String> keyParameters,
        @Nullable String description,
        long sizeBytes,
        @Nullable String blobId) {

    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

    /** An entry whose digest is the number as 32 hexadecimal characters. */
    public static EntryFixture entry(long number) {
        return entry(digest(number));
    }

    public static EntryFixture entry(String digest) {
        return new EntryFixture(digest, "", NOW, NOW, null, Map.of(), Set.of(), Map.of(), null, 3, null);
    }

    public static String digest(long number) {
        return String.format("%032x", number);
    }

    public EntryFixture in(String namespace) {
        return new EntryFixture(
                digest,
                namespace,
                createdAt,
                accessedAt,
                expiresAt,
                attributes,
                tags,
                keyParameters,
                description,
                sizeBytes,
                blobId);
    }

    public EntryFixture createdAt(Instant createdAt) {
        return new EntryFixture(
                digest,
                namespace,
                createdAt,
                createdAt,
                expiresAt,
                attributes,
                tags,
                keyParameters,
                description,
                sizeBytes,
                blobId);
    }

    public EntryFixture accessedAt(Instant accessedAt) {
        return new EntryFixture(
                digest,
                namespace,
                createdAt,
                accessedAt,
                expiresAt,
                attributes,
                tags,
                keyParameters,
                description,
                sizeBytes,
                blobId);
    }

    public EntryFixture expiresAt(Instant expiresAt) {
        return new EntryFixture(
                digest,
                namespace,
                createdAt,
                accessedAt,
                expiresAt,
                attributes,
                tags,
                keyParameters,
                description,
                sizeBytes,
                blobId);
    }

    public EntryFixture with(Map<String, Object> attributes) {
        return new EntryFixture(
                digest,
                namespace,
                createdAt,
                accessedAt,
                expiresAt,
                attributes,
                tags,
                keyParameters,
                description,
                sizeBytes,
                blobId);
    }

    public EntryFixture tagged(String... tags) {
        return new EntryFixture(
                digest,
                namespace,
                createdAt,
                accessedAt,
                expiresAt,
                attributes,
                new TreeSet<>(Set.of(tags)),
                keyParameters,
                description,
                sizeBytes,
                blobId);
    }

    public EntryFixture describedAs(String description, Map<String, String> keyParameters) {
        return new EntryFixture(
                digest,
                namespace,
                createdAt,
                accessedAt,
                expiresAt,
                attributes,
                tags,
                keyParameters,
                description,
                sizeBytes,
                blobId);
    }

    public EntryFixture sized(long sizeBytes) {
        return new EntryFixture(
                digest,
                namespace,
                createdAt,
                accessedAt,
                expiresAt,
                attributes,
                tags,
                keyParameters,
                description,
                sizeBytes,
                blobId);
    }

    public EntryFixture inBlob(String blobId) {
        return new EntryFixture(
                digest,
                namespace,
                createdAt,
                accessedAt,
                expiresAt,
                attributes,
                tags,
                keyParameters,
                description,
                sizeBytes,
                blobId);
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
