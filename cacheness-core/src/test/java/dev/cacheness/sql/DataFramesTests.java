package dev.cacheness.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.table.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.dflib.DataFrame;
import org.dflib.Series;
import org.junit.jupiter.api.Test;

class DataFramesTests {

    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

    @Test
    void aSourceOfFramesIsReadAsAFrame() {
        TableDefinition<Map<String, Object>> table = TableDefinition.named("daily")
                .partition("symbol", String.class)
                .range("date", LocalDate.class)
                .column("close", Double.class)
                .build();
        DataFrame answer = DataFrame.byColumn("symbol", "date", "close")
                .of(Series.of("A", "A"), Series.of(FIRST, FIRST.plusDays(1)), Series.of(1.5, null));
        try (SqlCache<Map<String, Object>> cache = SqlCache.builder(table)
                .url("memory:")
                .fetcher(request -> DataFrames.rows(answer))
                .build()) {

            DataFrame frame = cache.query()
                    .eq("symbol", "A")
                    .range(FIRST, FIRST.plusDays(2))
                    .as(DataFrames.of(cache.table()));

            assertThat(frame.getColumnsIndex().toArray()).containsExactly("symbol", "date", "close");
            assertThat(frame.height()).isEqualTo(2);
            assertThat(frame.get("date", 1)).isEqualTo(FIRST.plusDays(1));
            assertThat(frame.get("close", 0)).isEqualTo(1.5);
            assertThat(frame.get("close", 1)).isNull();

            Table rows = cache.query()
                    .eq("symbol", "A")
                    .range(FIRST, FIRST.plusDays(2))
                    .as(ResultShape.table(cache.table()));
            assertThat(rows.column("date").get(1)).isEqualTo(FIRST.plusDays(1));
            assertThat(rows.column("close").get(1)).isNull();
        }
    }

    @Test
    void recordsMakeAFrameWithPrimitives() {
        try (SqlCache<Price> cache = SqlCache.builder(Price.class)
                .url("memory:")
                .fetcher(Price::daily)
                .build()) {

            DataFrame frame = cache.query()
                    .eq("symbol", "A")
                    .range(FIRST, FIRST.plusDays(3))
                    .as(DataFrames.of(cache.table()));
            DataFrame none = DataFrames.of(cache.table()).of(List.of());

            assertThat(frame.height()).isEqualTo(3);
            assertThat(frame.getColumn("close").getNominalType()).isEqualTo(double.class);
            assertThat(frame.get("volume", 2)).isNull();
            assertThat(none.getColumnsIndex().toArray()).containsExactly("symbol", "date", "close", "volume");
            assertThat(none.height()).isZero();
        }
    }
}
