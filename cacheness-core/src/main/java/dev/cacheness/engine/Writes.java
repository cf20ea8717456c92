package dev.cacheness.engine;

import dev.cacheness.CacheKey;
import dev.cacheness.internal.key.DigestedKey;
import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.StoredEntry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stores values with all that goes with them, and makes room for them. Thread-safe. */
final class Writes {

    private final EntryWriter writer;

    private final Policies policies;

    private final CustomRecords customRecords;

    private final Removals removals;

    private final Evictor evictor;

    private final NamespaceEvictor namespaceEvictor;

    private final Happenings happenings;

    private final OpenState open;

    Writes(
            EntryWriter writer,
            Policies policies,
            CustomRecords customRecords,
            Removals removals,
            Evictor evictor,
            NamespaceEvictor namespaceEvictor,
            Happenings happenings,
            OpenState open) {
        this.writer = writer;
        this.policies = policies;
        this.customRecords = customRecords;
        this.removals = removals;
        this.evictor = evictor;
        this.namespaceEvictor = namespaceEvictor;
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
     * @return the row, null if the condition did not hold or the policy wants no such values
     */
    <V> @Nullable StoredEntry store(
            CacheKey<?> key,
            DigestedKey digested,
            V value,
            PutSettings options,
            PutCondition condition,
            @Nullable Duration loadTime) {
        Objects.requireNonNull(value, "value");
        List<CustomRow> custom = customRecords.rows(options.customMetadata());
        Duration bound = policies.of(digested.namespace()).bound(value);
        if (bound != null && bound.isZero()) {
            keepOut(digested, condition);
            return null;
        }
        EntryWriter.Outcome outcome = open.orClosed(() -> {
            custom.forEach(row -> customRecords.prepare(row.table()));
            return writer.write(key, digested, value, options, condition, custom, loadTime);
        });
        if (!outcome.result().stored()) {
            return null;
        }
        removals.missed().replaced(digested.digest());
        happenings.put(outcome.entry());
        evictor.afterPut(outcome.entry().metadata().sizeBytes());
        namespaceEvictor.afterPut(outcome.entry().metadata());
        return outcome.entry();
    }

    /** The policy wants no such value, and who put it does not want the former one any more. */
    private void keepOut(DigestedKey digested, PutCondition condition) {
        if (!(condition instanceof PutCondition.IfAbsent)) {
            removals.invalidate(List.of(digested.digest()));
        }
    }
}
