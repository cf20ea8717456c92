package dev.cacheness.engine;

import dev.cacheness.spi.StoredEntry;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out the same object to all readers of a row that the memory layer keeps, where the policy wants that and nobody can change the object. It lives as
 * long as the row in the layer, so that it is never older than that. Thread-safe.
 */
final class SharedValues {

    private static final Logger log = LoggerFactory.getLogger(SharedValues.class);

    private static final int MAX_TOLD = 1_000;

    private final @Nullable MemoryLayer layer;

    private final Policies policies;

    private final Immutables immutables = new Immutables();

    private final Set<Class<?>> told = ConcurrentHashMap.newKeySet();

    /** @param layer null if there is none */
    SharedValues(@Nullable MemoryLayer layer, Policies policies) {
        this.layer = policies.sharesValues() ? layer : null;
        this.policies = policies;
    }

    /** The object that was made of this row for readers of this type, null if it is to be made anew. */
    @Nullable
    Object of(StoredEntry row, Type type) {
        if (layer == null) {
            return null;
        }
        RowCache.Slot slot = layer.slotOf(row);
        RowCache.Shared shared = slot == null ? null : slot.shared;
        return shared != null && shared.type().equals(type) ? shared.value() : null;
    }

    /** An object was made of the row, which others may have if it is fit for that. */
    void made(StoredEntry row, Type type, Object value) {
        if (layer == null || policies.of(row.metadata().namespace()).said().memory() != MemoryUse.REFERENCE) {
            return;
        }
        RowCache.Slot slot = layer.slotOf(row);
        if (slot == null) {
            return;
        }
        String reason = immutables.reasonAgainst(value);
        if (reason == null) {
            slot.shared = new RowCache.Shared(type, value);
        } else if (told.size() < MAX_TOLD && told.add(value.getClass())) {
            log.warn(
                    "Values of {} in namespace '{}' are made anew for each reader although its memory is 'reference': {}",
                    value.getClass().getTypeName(),
                    row.metadata().namespace(),
                    reason);
        }
    }
}
