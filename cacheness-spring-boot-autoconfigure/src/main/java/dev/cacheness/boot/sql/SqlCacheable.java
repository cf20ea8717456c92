package dev.cacheness.boot.sql;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The method of a bean is the source of an SQL cache: it is called only for the rows that the cache lacks, and its callers get all. A parameter for each
 * {@link dev.cacheness.sql.PartitionKey} of the rows says which; {@link RangeStart} and {@link RangeEnd} say which range. One of the partition parameters
 * may be a collection or an array; the method is then called with the values that are missing.
 *
 * <p>The method returns a {@code List}, {@code Collection}, {@code Iterable}, {@code Set} or {@code Stream} of records; for a table without a range also an
 * {@code Optional} or the record itself, null if there is none. Callers get a {@link dev.cacheness.sql.SqlCacheFetchException} if it fails, whose cause
 * is its own exception. It is called on a thread of the cache, so without the transaction and the request of the caller. As with all annotations that
 * work by proxies, a call from inside its own object is not seen.
 *
 * <p>The cache is also a bean, {@code SqlCache<Row>}, and is configured by {@code cacheness.sql.caches.<name>.*}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SqlCacheable {

    /** The name of the cache. No other method and no source may have the same. */
    String cache();
}
