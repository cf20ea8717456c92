package dev.cacheness.sql;

/**
 * The source of a cache. Called on threads of the cache, several at a time if the cache allows, with at most one call for any part of a partition at
 * once.
 *
 * @param <T> the type of a row
 */
@FunctionalInterface
public interface DataFetcher<T> {

    /**
     * All rows of the requested partitions and range.
     *
     * @return rows as a {@link java.util.List} or another {@link Iterable}, a {@link java.util.stream.Stream} (which the cache closes), an array, or
     *     a {@link FetchResult} that says more about them; never null. No rows mean that there are none, which is remembered.
     * @throws Exception if there is no answer; nothing is then taken as covered
     */
    Object fetch(FetchRequest request) throws Exception;
}
