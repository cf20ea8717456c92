package dev.cacheness.sql;

import dev.cacheness.internal.record.Column;
import dev.cacheness.internal.record.Micros;
import dev.cacheness.sql.plan.Planner;
import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.RangeDomain;
import dev.cacheness.sql.store.DataTable;
import dev.cacheness.sql.store.Ledger;
import dev.cacheness.sql.store.PartitionId;
import dev.cacheness.sql.store.SqlStore;
import dev.cacheness.sql.store.TableLayout;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all parts of one cache have in common. */
final class Context<T> {

    final String name;

    final TableDefinition<T> definition;

    final Settings settings;

    final RangeDomain domain;

    final Planner planner;

    final SqlStore store;

    final Ledger ledger;

    final DataTable table;

    final int schemaVersion;

    final Counters counters = new Counters();

    final SqlCacheObserver observer;

    private final InstantSource clock;

    Context(
            String name,
            TableDefinition<T> definition,
            Settings settings,
            RangeDomain domain,
            Planner planner,
            SqlStore store,
            int schemaVersion,
            InstantSource clock,
            SqlCacheObserver observer) {
        this.name = name;
        this.definition = definition;
        this.settings = settings;
        this.domain = domain;
        this.planner = planner;
        this.store = store;
        this.ledger = store.ledger(name);
        this.table = store.table(definition.layout());
        this.schemaVersion = schemaVersion;
        this.clock = clock;
        this.observer = observer;
    }

    TableLayout layout() {
        return definition.layout();
    }

    Instant now() {
        return clock.instant();
    }

    long nowMicros() {
        return Micros.of(now());
    }

    /** The tick that bounds what may be asked for, null if nothing does. */
    @Nullable
    Long nowTick(Instant now) {
        return domain.isTime() && settings.freshness().clampToNow() ? domain.tickAt(now) : null;
    }

    FetchRange range(Interval interval) {
        return new FetchRange(domain, interval);
    }

    PartitionRange range(Partition partition, Interval interval) {
        return new PartitionRange(partition, range(interval));
    }

    /** The partition of a key in the ledger, with its values as the user knows them. */
    Partition partition(PartitionId id) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<Integer> positions = layout().partition();
        for (int i = 0; i < positions.size(); i++) {
            Column column = layout().columns().get(positions.get(i));
            Object stored = id.value(i);
            Object value = stored == null ? null : column.restore(stored);
            if (value != null) {
                values.put(column.name(), value);
            }
        }
        Variants.read(id.variant(), values);
        return new Partition(id, values);
    }

    SqlCacheException offline() {
        return new SqlCacheException(
                "Cache '" + name + "' is offline: its source is not asked. Set offline to false, or on-error to partial"
                        + " or stale.",
                null);
    }

    SqlCacheException failed(String doing, SQLException cause) {
        return new SqlCacheException(
                "Cache '" + name + "': the " + store.engine() + " database failed while " + doing + ": "
                        + cause.getMessage(),
                cause);
    }
}
