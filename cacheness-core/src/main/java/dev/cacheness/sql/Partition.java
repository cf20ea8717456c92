package dev.cacheness.sql;

import dev.cacheness.sql.store.PartitionId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The values of all partition columns and variants of a query: rows that have their coverage in common. Immutable. */
public final class Partition {

    private final PartitionId id;

    private final Map<String, Object> values;

    Partition(PartitionId id, Map<String, Object> values) {
        this.id = id;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The values by name. */
    public Map<String, Object> values() {
        return values;
    }

    /** The value of a partition column or variant, null if there is none of that name. */
    public @Nullable Object value(String name) {
        return values.get(name);
    }

    PartitionId id() {
        return id;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Partition that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** {@code interval=1d, symbol=AAPL}; empty if the table has no partitions. */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(", "));
    }
}
