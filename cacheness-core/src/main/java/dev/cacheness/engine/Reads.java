package dev.cacheness.engine;

import dev.cacheness.CacheEntry;
import dev.cacheness.CacheKey;
import dev.cacheness.CacheMetadataException;
import dev.cacheness.EntryMetadata;
import dev.cacheness.GetOption;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.internal.key.DigestedKey;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.StoredEntry;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Looks up entries, and takes away those that turn out to be of no use. Thread-safe. */
final class Reads {

    private static final int ATTEMPTS = 3;

    private final EntryStore store;

    private final ValueReader reader;

    private final Policies policies;

    private final Expiry expiry;

    private final InstantSource clock;

    private final MissedInvalidations missed;

    private final RecentRemovals removals;

    private final Happenings happenings;

    private final AccessLog accessLog;

    private final FailureLog failures;

    private final OpenState open;

    Reads(
            EntryStore store,
            ValueReader reader,
            Policies policies,
            Expiry expiry,
            InstantSource clock,
            MissedInvalidations missed,
            RecentRemovals removals,
            Happenings happenings,
            AccessLog accessLog,
            FailureLog failures,
            OpenState open) {
        this.store = store;
        this.reader = reader;
        this.policies = policies;
        this.expiry = expiry;
        this.clock = clock;
        this.missed = missed;
        this.removals = removals;
        this.happenings = happenings;
        this.accessLog = accessLog;
        this.failures = failures;
        this.open = open;
    }

    /**
     * Looks up an entry, and counts it.
     *
     * @param described whether the metadata of the entry are wanted whole
     */
    <V> Lookup<V> find(CacheKey<V> key, DigestedKey digested, boolean described, GetOption... options) {
        Lookup<V> answer = attempt(key, digested, described, options);
        if (answer instanceof Lookup.Miss<V> miss) {
            happenings.miss(digested, miss.reason());
        } else if (answer instanceof Lookup.Hit<V> hit) {
            happenings.hit(digested, hit.entry().metadata());
            if (hit.entry().isStale()) {
                happenings.stale(digested);
            }
            accessLog.record(
                    digested.digest(),
                    hit.entry().metadata().createdAt().toEpochMilli()
                            + hit.entry().age().toMillis());
        }
        return answer;
    }

    /** Looks up an entry, and does not count it. */
    <V> Lookup<V> attempt(CacheKey<V> key, DigestedKey digested, boolean described, GetOption... options) {
        return attempt(key, digested, described, false, options);
    }

    /** As {@link #attempt}, also if the time of the entry is over but for the time that the policy lets it stand in for another; counted only if so. */
    <V> Optional<CacheEntry<V>> standIn(CacheKey<V> key, DigestedKey digested) {
        Optional<CacheEntry<V>> found = possibleStandIn(key, digested);
        found.ifPresent(entry -> countStale(digested, entry));
        return found;
    }

    /** To be called if a {@link #possibleStandIn} is handed out. */
    void countStale(DigestedKey digested, CacheEntry<?> entry) {
        if (entry.isStale()) {
            happenings.stale(digested);
        }
    }

    /** As {@link #standIn}, and not counted. */
    <V> Optional<CacheEntry<V>> possibleStandIn(CacheKey<V> key, DigestedKey digested) {
        return attempt(key, digested, true, true) instanceof Lookup.Hit<V> hit
                ? Optional.of(hit.entry())
                : Optional.empty();
    }

    private <V> Lookup<V> attempt(
            CacheKey<V> key, DigestedKey digested, boolean described, boolean staleToo, GetOption... options) {
        String digest = digested.digest();
        if (!missed.allow(digest)) {
            open.ensureOpen();
            return new Lookup.Miss<>(MissReason.BACKEND_DOWN);
        }
        try {
            for (int i = 0; i < ATTEMPTS; i++) {
                Optional<StoredEntry> row = described
                        ? store.index().findDescribed(digest)
                        : store.index().find(digest);
                if (row.isEmpty()) {
                    return new Lookup.Miss<>(removals.reasonOf(digest));
                }
                Optional<Lookup<V>> answer = read(key, row.get(), staleToo, options);
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
            return new Lookup.Miss<>(MissReason.CORRUPT);
        } catch (CacheMetadataException ex) {
            open.ensureOpen();
            failures.warn("backend-down", "The index does not answer; key " + digest + " counts as a miss", ex);
            return new Lookup.Miss<>(MissReason.BACKEND_DOWN);
        }
    }

    /** Empty if the entry was replaced while it was read, so that it is worth trying again. */
    @SuppressWarnings("unchecked")
    private <V> Optional<Lookup<V>> read(CacheKey<V> key, StoredEntry entry, boolean staleToo, GetOption... options) {
        Instant now = clock.instant();
        boolean expired = expiry.isExpired(entry.metadata(), now);
        if (expired && expiry.isOver(entry.metadata(), now)) {
            happenings.removed(discard(entry), MissReason.EXPIRED);
            return Optional.of(new Lookup.Miss<>(MissReason.EXPIRED));
        }
        if (expired && !staleToo) {
            return Optional.of(new Lookup.Miss<>(MissReason.EXPIRED));
        }
        if (isTooOld(entry.metadata(), now, options)) {
            return Optional.of(new Lookup.Miss<>(MissReason.EXPIRED));
        }
        try {
            V value = (V) reader.read(entry, key.keyValueType());
            boolean stale = expired || policies.of(entry.metadata().namespace()).isStale(entry.metadata(), now);
            return Optional.of(
                    new Lookup.Hit<>(new CacheEntry<>(value, entry.metadata(), age(entry.metadata(), now), stale)));
        } catch (NoSuchFileException ex) {
            boolean replaced = store.index()
                    .find(entry.digest())
                    .map(row -> !row.generation().equals(entry.generation()))
                    .orElse(true);
            if (replaced) {
                return Optional.empty();
            }
            return Optional.of(unreadable(
                    entry,
                    new UnreadableException(
                            MissReason.CORRUPT, "The blob " + entry.content().blobId() + " is gone", ex),
                    true));
        } catch (UnreadableException ex) {
            return Optional.of(unreadable(entry, ex, ex.damaged()));
        }
    }

    private static Duration age(EntryMetadata metadata, Instant now) {
        Instant created = metadata.createdAt();
        // As Duration.between, which takes longer than the rest of a look-up on the heap.
        return now.isAfter(created)
                ? Duration.ofSeconds(now.getEpochSecond() - created.getEpochSecond(), now.getNano() - created.getNano())
                : Duration.ZERO;
    }

    private static boolean isTooOld(EntryMetadata metadata, Instant now, GetOption... options) {
        for (GetOption option : options) {
            if (option instanceof GetOption.MaxAge max
                    && metadata.createdAt().plus(max.age()).isBefore(now)) {
                return true;
            }
        }
        return false;
    }

    /** Removes what a read has found to be of no use; the answer to the reader does not depend on whether that works. */
    private List<EntryRef> discard(StoredEntry entry) {
        return open.orElse(List.of(), () -> store.remove(List.of(entry.ref())));
    }

    private <V> Lookup<V> unreadable(StoredEntry entry, UnreadableException cause, boolean discard) {
        failures.warn(
                "unreadable-" + cause.reason().label(),
                "The entry " + entry.digest() + " of namespace '"
                        + entry.metadata().namespace() + "' is a miss ("
                        + cause.reason().label() + "): " + cause.getMessage(),
                cause.getCause());
        if (discard) {
            discard(entry);
        }
        return new Lookup.Miss<>(cause.reason());
    }
}
