package dev.cacheness.engine;

import dev.cacheness.CacheKey;
import dev.cacheness.EntryMetadata;
import dev.cacheness.internal.key.DigestedKey;
import dev.cacheness.internal.key.KeyDigester;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.internal.store.WriteSettings;
import dev.cacheness.internal.store.WrittenValue;
import dev.cacheness.spi.Codec;
import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.NullValue;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.PutResult;
import dev.cacheness.spi.StoredEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Turns a value into bytes and stores its entry. Thread-safe. */
final class EntryWriter {

    private final EntryStore store;

    private final ValueWriter values;

    private final TrustingHandlers handlers;

    private final KeyDigester digester;

    private final Policies policies;

    private final InstantSource clock;

    private final Lasting lasting;

    /** For the jitter. */
    private final DoubleSupplier chance;

    private final Shapes shapes = new Shapes();

    EntryWriter(
            EntryStore store,
            ValueWriter values,
            TrustingHandlers handlers,
            KeyDigester digester,
            Policies policies,
            InstantSource clock,
            Lasting lasting) {
        this.store = store;
        this.values = values;
        this.handlers = handlers;
        this.lasting = lasting;
        this.digester = digester;
        this.policies = policies;
        this.clock = clock;
        this.chance = () -> ThreadLocalRandom.current().nextDouble();
    }

    /**
     * Stores a value.
     *
     * @param custom rows of custom metadata that go with the entry
     * @param loadTime how long its loader took, null if there was none
     * @return the row, and what became of it
     */
    <V> Outcome write(
            CacheKey<?> key,
            DigestedKey digested,
            V value,
            PutSettings options,
            PutCondition condition,
            List<CustomRow> custom,
            @Nullable Duration loadTime) {
        EffectivePolicy policy = policies.of(digested.namespace());
        String named =
                options.handler() != null ? options.handler() : policy.said().handler();
        Handler<? super V> handler = handlers.forNamespace(
                values.handlerFor(value, value == NullValue.INSTANCE ? null : named), digested.namespace());
        String digest = digested.digest();
        WrittenValue written = values.write(
                digest, handler, value, store.begin(writeSettings(digest, handler, policy, options.codec())), null);
        StoredEntry entry;
        try {
            entry = entryOf(key, digested, value, options, policy, loadTime, handler, written);
        } catch (RuntimeException ex) {
            written.close();
            throw ex;
        }
        PutResult result = store.commit(written, entry, condition, custom);
        if (result.stored()) {
            lasting.changed(digested.namespace());
        }
        return new Outcome(entry, result);
    }

    private WriteSettings writeSettings(
            String digest, Handler<?> handler, EffectivePolicy policy, @Nullable String namedCodec) {
        int threshold = handler.compressible() ? policy.compressionThresholdBytes() : Integer.MAX_VALUE;
        Codec codec = namedCodec == null ? policy.codec() : policies.codec(namedCodec);
        return new WriteSettings(
                digest,
                codec,
                namedCodec == null ? policy.codecLevel() : policies.ownLevel(codec),
                threshold,
                policy.inlineThresholdBytes(),
                policy.maxValueBytes(),
                policy.durability());
    }

    private StoredEntry entryOf(
            CacheKey<?> key,
            DigestedKey digested,
            Object value,
            PutSettings options,
            EffectivePolicy policy,
            @Nullable Duration loadTime,
            Handler<?> handler,
            WrittenValue written) {
        // What cannot be stored must not be promised: rows keep milliseconds.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var metadata = new EntryMetadata(
                digested.digest(),
                digested.namespace(),
                policy.storesKeyParameters() ? digester.describe(key) : Map.of(),
                options.description(),
                options.attributes(),
                options.tags(),
                now,
                now,
                options.expiresAt(now, policy, value, chance.getAsDouble()),
                0,
                loadTime,
                handler.name(),
                value.getClass().getName(),
                written.codec(),
                written.rawSizeBytes(),
                written.storedSizeBytes());
        String fingerprint = handler.fillsFields() ? shapes.of(key.keyValueType(), value.getClass()) : null;
        return new StoredEntry(metadata, Generations.next(), handler.version(), fingerprint, written.content());
    }

    /** What became of a write. */
    record Outcome(StoredEntry entry, PutResult result) {}
}
