package dev.cacheness.engine;

import dev.cacheness.CacheKey;
import dev.cacheness.internal.key.DigestedKey;
import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.PutCondition;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stores values with all that goes with them, and makes room for them. Thread-safe. */
final class Writes {

    private final EntryWriter writer;

    private final CustomRecords customRecords;

    private final Evictor evictor;

    private final Happenings happenings;

    private final OpenState open;

    Writes(EntryWriter writer, CustomRecords customRecords, Evictor evictor, Happenings happenings, OpenState open) {
        this.writer = writer;
        this.customRecords = customRecords;
        this.evictor = evictor;
        this.happenings = happenings;
        this.open = open;
    }

    /** Refuses options that could never be stored. */
    void check(PutSettings options) {
        customRecords.rows(options.customMetadata());
    }

    /**
     * Stores a value.
     *
     * @param loadTime how long its loader took, null if there was none
     * @return false if the condition did not hold
     */
    <V> boolean store(
            CacheKey<?> key,
            DigestedKey digested,
            V value,
            PutSettings options,
            PutCondition condition,
            @Nullable Duration loadTime) {
        Objects.requireNonNull(value, "value");
        List<CustomRow> custom = customRecords.rows(options.customMetadata());
        EntryWriter.Outcome outcome = open.orClosed(() -> {
            custom.forEach(row -> customRecords.prepare(row.table()));
            return writer.write(key, digested, value, options, condition, custom, loadTime);
        });
        if (!outcome.result().stored()) {
            return false;
        }
        happenings.put(outcome.entry());
        evictor.afterPut(outcome.entry().metadata().sizeBytes());
        return true;
    }
}
