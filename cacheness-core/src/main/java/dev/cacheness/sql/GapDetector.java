package dev.cacheness.sql;

import java.util.List;

/**
 * Decides itself what is to be fetched for a query. It only proposes ranges: merging, chunking and the ledger still apply, and what it leaves out is
 * answered with what is there, named in {@link SqlCacheResult#missing()}. Called once for every partition of a query, in the thread of the query.
 *
 * @param <T> the type of a row
 */
@FunctionalInterface
public interface GapDetector<T> {

    /** The ranges to fetch; none if the table will do. */
    List<FetchRange> detect(GapQuery query, CachedData<T> cached, SqlCacheView<T> cache);
}
