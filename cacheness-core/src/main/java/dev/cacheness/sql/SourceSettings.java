package dev.cacheness.sql;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the source is asked, and what happens if it fails.
 *
 * @param <B> the builder that these settings are a part of
 */
abstract class SourceSettings<B> extends RangeSettings<B> {

    int partitionsPerFetch = 1;

    int maxRowsPerFetch;

    boolean allowUnbound;

    boolean offline;

    int fetchParallelism = 4;

    Duration fetchTimeout = Duration.ofSeconds(60);

    int maxPages = 1_000;

    int retries;

    Duration retryDelay = Duration.ofMillis(200);

    OnError onError = OnError.FAIL;

    Duration errorTtl = Duration.ZERO;

    @Nullable
    Boolean crossProcess;

    Duration lease = Duration.ofSeconds(30);

    OnDetectorError onDetectorError = OnDetectorError.FALLBACK;

    /** How many partitions the source can be asked for at once. 1. */
    public B partitionsPerFetch(int partitions) {
        this.partitionsPerFetch = partitions;
        return self();
    }

    /** The size of the source's pages, if it cuts off answers without saying so: an answer of this size counts up to its last value only. Unknown. */
    public B maxRowsPerFetch(int rows) {
        this.maxRowsPerFetch = rows;
        return self();
    }

    /**
     * Whether a query may leave partition columns out, and so asks for all their values at once. The source then finds no value of these columns in
     * the request. What it answers counts for every single value, too. No; and not together with {@link #maxRows(long)}.
     */
    public B allowUnbound(boolean allowUnbound) {
        this.allowUnbound = allowUnbound;
        return self();
    }

    /** Whether the source is never asked: what is not there and fresh fails, or is answered as {@link #onError} says. No. */
    public B offline(boolean offline) {
        this.offline = offline;
        return self();
    }

    /** How many calls run at a time, over all queries. 4. */
    public B fetchParallelism(int calls) {
        this.fetchParallelism = calls;
        return self();
    }

    /** How long a query waits for one answer of the source. The call is then interrupted. 60 seconds. */
    public B fetchTimeout(Duration timeout) {
        this.fetchTimeout = timeout;
        return self();
    }

    /** The most pages of one call. 1,000. */
    public B maxPages(int pages) {
        this.maxPages = pages;
        return self();
    }

    /** How often a failed call is tried again, and how long after. Never. */
    public B retries(int times, Duration delay) {
        this.retries = times;
        this.retryDelay = delay;
        return self();
    }

    /** What a query gets if the source fails. {@link OnError#FAIL}. */
    public B onError(OnError onError) {
        this.onError = onError;
        return self();
    }

    /** How long a failed range is not asked for again; queries fail at once. Not at all. */
    public B errorTtl(Duration errorTtl) {
        this.errorTtl = errorTtl;
        return self();
    }

    /**
     * Whether processes that share the database tell each other what they are fetching, so that each part is fetched by one of them. It costs a
     * transaction before and after each fetch. Yes on PostgreSQL, no on SQLite, without meaning on DuckDB, whose files have one process.
     */
    public B crossProcess(boolean crossProcess) {
        this.crossProcess = crossProcess;
        return self();
    }

    /** How long a process that died keeps the others from fetching what it was fetching. */
    B lease(Duration lease) {
        this.lease = lease;
        return self();
    }

    public B onDetectorError(OnDetectorError onDetectorError) {
        this.onDetectorError = onDetectorError;
        return self();
    }
}
