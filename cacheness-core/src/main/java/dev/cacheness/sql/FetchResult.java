package dev.cacheness.sql;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows from the source, and what it knows about them. Immutable; each method returns another result.
 *
 * @param <T> the type of a row
 */
public final class FetchResult<T> {

    private final Iterable<? extends T> rows;

    private final Facts facts;

    /** What was said beside the rows. */
    record Facts(
            @Nullable Object coveredFrom,
            @Nullable Object coveredTo,
            @Nullable Object next,
            @Nullable Duration ttl,
            boolean provisional,
            boolean store,
            @Nullable String revision) {

        static final Facts NONE = new Facts(null, null, null, null, false, true, null);
    }

    private FetchResult(Iterable<? extends T> rows, Facts facts) {
        this.rows = rows;
        this.facts = facts;
    }

    public static <T> FetchResult<T> of(Iterable<? extends T> rows) {
        return new FetchResult<>(rows, Facts.NONE);
    }

    /** There are no rows. */
    public static <T> FetchResult<T> empty() {
        return of(List.of());
    }

    /**
     * The range that the rows are complete for, if it is not the one asked for: wider, or narrower. Only whole steps of it count.
     *
     * @param from the first value
     * @param to the first value behind it
     */
    public FetchResult<T> covered(Object from, Object to) {
        return with(new Facts(from, to, facts.next, facts.ttl, facts.provisional, facts.store, facts.revision));
    }

    /**
     * The rows end here, and there are more: they are complete only up to the value, and the cache asks again from there.
     *
     * @param from the first value that is missing; null if the range is complete
     */
    public FetchResult<T> next(@Nullable Object from) {
        return with(new Facts(
                facts.coveredFrom, facts.coveredTo, from, facts.ttl, facts.provisional, facts.store, facts.revision));
    }

    /** How long the rows are fresh, if that is shorter than the cache's own time. */
    public FetchResult<T> ttl(Duration ttl) {
        return with(new Facts(
                facts.coveredFrom, facts.coveredTo, facts.next, ttl, facts.provisional, facts.store, facts.revision));
    }

    /** The rows may still change: they are fresh only as long as those of the hot window. */
    public FetchResult<T> provisional() {
        return with(new Facts(
                facts.coveredFrom, facts.coveredTo, facts.next, facts.ttl, true, facts.store, facts.revision));
    }

    /** The rows are for this query only. */
    public FetchResult<T> doNotStore() {
        return with(new Facts(
                facts.coveredFrom, facts.coveredTo, facts.next, facts.ttl, facts.provisional, false, facts.revision));
    }

    /** The state of the partition at the source. If it is not the one of the last fetch, what else is covered expires. */
    public FetchResult<T> revision(String revision) {
        return with(new Facts(
                facts.coveredFrom, facts.coveredTo, facts.next, facts.ttl, facts.provisional, facts.store, revision));
    }

    private FetchResult<T> with(Facts changed) {
        return new FetchResult<>(rows, changed);
    }

    Iterable<? extends T> rows() {
        return rows;
    }

    Facts facts() {
        return facts;
    }
}
