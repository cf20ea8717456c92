package dev.cacheness.engine;

import dev.cacheness.EntryMetadata;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.internal.store.WriteSettings;
import dev.cacheness.internal.transfer.StoreTarget;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerRegistry;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * One end of a transfer.
 *
 * @param settings how values of an entry are written here
 * @param onClose what to do at the end
 */
record TransferEnd(
        EntryStore store,
        Function<EntryMetadata, WriteSettings> settings,
        InstantSource clock,
        StoreKind kind,
        Runnable onClose)
        implements AutoCloseable {

    static Function<EntryMetadata, WriteSettings> settings(Policies policies, HandlerRegistry handlers) {
        return entry -> {
            EffectivePolicy policy = policies.of(entry.namespace());
            return new WriteSettings(
                    entry.digest(),
                    policy.codec(),
                    policy.codecLevel(),
                    isCompressible(entry, handlers) ? policy.compressionThresholdBytes() : Integer.MAX_VALUE,
                    policy.inlineThresholdBytes(),
                    policy.maxValueBytes(),
                    policy.durability());
        };
    }

    static Function<EntryMetadata, WriteSettings> settings(ArtifactSettings settings, HandlerRegistry handlers) {
        return entry -> settings.writeSettings(entry.digest(), isCompressible(entry, handlers));
    }

    /** What a handler wrote that is not there may well be. */
    private static boolean isCompressible(EntryMetadata entry, HandlerRegistry handlers) {
        return handlers.forName(entry.handler()).map(Handler::compressible).orElse(true);
    }

    StoreTarget target() {
        return new StoreTarget(store, settings, Generations::next);
    }

    @Override
    public void close() {
        onClose.run();
    }
}
