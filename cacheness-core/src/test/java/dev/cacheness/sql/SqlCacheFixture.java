package dev.cacheness.sql;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Caches of prices in some database, closed after each test. */
abstract class SqlCacheFixture {

    final MutableClock clock = new MutableClock("2024-06-01T12:00:00Z");

    private final List<SqlCache<?>> open = new ArrayList<>();

    /** Lets the builder use an empty database. */
    abstract <T> SqlCacheBuilder<T> store(SqlCacheBuilder<T> builder);

    final <T> SqlCache<T> open(SqlCacheBuilder<T> builder) {
        SqlCache<T> cache = store(builder).clock(clock).build();
        open.add(cache);
        return cache;
    }

    @AfterEach
    void closeAll() {
        open.forEach(SqlCache::close);
    }

    static SqlCacheBuilder<Price> prices(RecordingSource<Price> source) {
        return SqlCache.builder(Price.class).fetcher(source).mergeGapsWithin(Duration.ZERO);
    }

    static LocalDate jan(int day) {
        return LocalDate.of(2024, 1, day);
    }

    static FetchRange days(int from, int to) {
        return FetchRange.of(jan(from), jan(to));
    }

    static SqlQuery<Price> january(SqlCache<Price> cache, String symbol, int first, int last) {
        return cache.query().eq("symbol", symbol).between(jan(first), jan(last));
    }

    static List<Price> expected(String symbol, int first, int last) {
        return jan(first)
                .datesUntil(jan(last).plusDays(1))
                .map(d -> Price.of(symbol, d))
                .toList();
    }
}
