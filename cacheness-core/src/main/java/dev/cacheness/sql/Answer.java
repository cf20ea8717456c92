package dev.cacheness.sql;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a query gave, and how. */
record Answer<R>(
        R value,
        SqlCacheResult.Status status,
        List<PartitionRange> fetched,
        List<PartitionRange> missing,
        @Nullable Instant oldestFetch,
        @Nullable Object provisionalFrom) {}
