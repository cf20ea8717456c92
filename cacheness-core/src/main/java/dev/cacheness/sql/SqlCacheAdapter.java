package dev.cacheness.sql;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source that also knows its table and its parameters. A plain {@link DataFetcher} is enough where rows are records and queries name columns.
 *
 * @param <T> the type of a row
 */
public interface SqlCacheAdapter<T> {

    /** The table, null to derive it from the record type that the cache is built for. */
    default @Nullable TableDefinition<T> tableDefinition() {
        return null;
    }

    /**
     * Turns the parameters of {@link SqlCache#getData(Map)} into conditions on columns: a value, a collection, or a map of operators such as
     * {@code start}, {@code end}, {@code gte}, {@code lt}, {@code in}.
     */
    default Map<String, ?> parseQueryParams(Map<String, ?> params) {
        return params;
    }

    /** See {@link DataFetcher#fetch(FetchRequest)}. */
    Object fetchData(FetchRequest request) throws Exception;
}
