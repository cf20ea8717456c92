package dev.cacheness.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that are larger than what a database takes at once: chunks of DuckDB have 2,048 rows. */
class ManyRowsTests {

    record Reading(@RangeKey long id, double value) {}

    @ParameterizedTest
    @CsvSource({
        "memory:, 1999",
        "memory:, 2000",
        "memory:, 2048",
        "memory:, 2049",
        "memory:, 10000",
        "sqlite::memory:, 10000",
    })
    void allRowsOfALargeAnswerAreStored(String url, long rows) {
        try (SqlCache<Reading> cache = SqlCache.builder(Reading.class)
                .url(url)
                .fetcher(request ->
                        LongStream.range(request.fromId(), request.toId()).mapToObj(id -> new Reading(id, id / 2.0)))
                .build()) {

            assertThat(cache.query().range(0, rows).count()).isEqualTo(rows);
            assertThat(cache.query().range(0, rows).list())
                    .hasSize((int) rows)
                    .endsWith(new Reading(rows - 1, (rows - 1) / 2.0));
            assertThat(cache.stats().calls()).isEqualTo(1);
        }
    }
}
