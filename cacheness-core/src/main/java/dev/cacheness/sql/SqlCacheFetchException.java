package dev.cacheness.sql;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The source did not answer for all of a query. What it did answer is stored, so that the next try asks for the failed ranges only. The first failure
 * is the cause, others are suppressed.
 */
public class SqlCacheFetchException extends SqlCacheException {

    private static final long serialVersionUID = 1L;

    private final transient List<PartitionRange> failed;

    private final transient List<PartitionRange> stored;

    private final transient List<PartitionRange> cached;

    public SqlCacheFetchException(
            String cache,
            List<PartitionRange> failed,
            List<PartitionRange> stored,
            List<PartitionRange> cached,
            @Nullable Throwable cause) {
        super(
                "Cache '" + cache + "': the source failed for " + text(failed)
                        + (cause == null ? "" : " (" + cause + ")")
                        + ". Stored by this query: " + text(stored) + ". Fresh before it: " + text(cached)
                        + ". The next query asks for what failed again; on-error=partial or stale answers without it.",
                cause);
        this.failed = List.copyOf(failed);
        this.stored = List.copyOf(stored);
        this.cached = List.copyOf(cached);
    }

    private static String text(List<PartitionRange> ranges) {
        return ranges.isEmpty()
                ? "nothing"
                : ranges.stream().map(PartitionRange::toString).collect(Collectors.joining(", "));
    }

    /** What the source gave no answer for. */
    public List<PartitionRange> failed() {
        return failed;
    }

    /** What this query fetched and stored before it failed. */
    public List<PartitionRange> stored() {
        return stored;
    }

    /** What was fresh when the query began. */
    public List<PartitionRange> cached() {
        return cached;
    }
}
