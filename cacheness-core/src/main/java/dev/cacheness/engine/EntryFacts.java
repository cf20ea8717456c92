package dev.cacheness.engine;

import dev.cacheness.EntryMetadata;
import dev.cacheness.internal.key.DigestedKey;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.StoredEntry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What is known of an entry besides its value, and what of that can be changed. Counts nothing. Thread-safe. */
final class EntryFacts {

    private final MetadataBackend index;

    private final Policies policies;

    private final Expiry expiry;

    private final InstantSource clock;

    private final MissedInvalidations missed;

    private final Lasting lasting;

    private final OpenState open;

    EntryFacts(
            MetadataBackend index,
            Policies policies,
            Expiry expiry,
            InstantSource clock,
            MissedInvalidations missed,
            Lasting lasting,
            OpenState open) {
        this.index = index;
        this.policies = policies;
        this.expiry = expiry;
        this.clock = clock;
        this.missed = missed;
        this.lasting = lasting;
        this.open = open;
    }

    boolean exists(String digest) {
        return missed.allow(digest)
                && open.orElse(false, () -> alive(index.find(digest)).isPresent());
    }

    Optional<EntryMetadata> metadata(String digest) {
        return missed.allow(digest)
                ? open.orElse(Optional.empty(), () -> alive(index.findDescribed(digest)))
                : Optional.empty();
    }

    private Optional<EntryMetadata> alive(Optional<StoredEntry> row) {
        return row.map(StoredEntry::metadata).filter(metadata -> !expiry.isExpired(metadata, clock.instant()));
    }

    /** Gives an entry another end. */
    boolean touch(DigestedKey key, PutSettings options) {
        if (!options.saysOnlyExpiry()) {
            throw new IllegalArgumentException("touch takes ttl(…) or noExpiry() and no other option");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant expiresAt = options.expiresAt(now, policies.of(key.namespace()).ttl());
        return changing(key, () -> index.setExpiry(key.digest(), now, expiresAt));
    }

    boolean update(DigestedKey key, Map<String, ? extends @Nullable Object> changes) {
        Map<String, @Nullable Object> checked = AttributeChanges.check(changes);
        return changing(key, () -> index.updateAttributes(key.digest(), clock.instant(), checked));
    }

    private boolean changing(DigestedKey key, BooleanSupplier change) {
        return open.orClosed(() -> {
            boolean changed = change.getAsBoolean();
            if (changed) {
                lasting.changed(key.namespace());
            }
            return changed;
        });
    }
}
