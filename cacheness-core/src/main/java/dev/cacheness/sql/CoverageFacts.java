package dev.cacheness.sql;

import dev.cacheness.internal.record.Micros;
import dev.cacheness.sql.store.Coverage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ledger as users see it. */
final class CoverageFacts {

    private CoverageFacts() {}

    static List<CoveredRange> of(
            Context<?> context, Freshness freshness, Partition partition, List<Coverage> coverage) {
        long now = context.nowMicros();
        return coverage.stream()
                .map(entry -> new CoveredRange(
                        partition,
                        context.range(entry.interval()),
                        Micros.instant(entry.fetchedAt()),
                        instant(freshness.expiry(entry)),
                        entry.provisional(),
                        freshness.isFresh(entry, now)))
                .toList();
    }

    private static @Nullable Instant instant(long micros) {
        return micros == Coverage.NEVER ? null : Micros.instant(micros);
    }
}
