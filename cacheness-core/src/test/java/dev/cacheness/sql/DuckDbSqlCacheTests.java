package dev.cacheness.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbSqlCacheTests extends SqlCacheContract {

    @TempDir
    private Path directory;

    private int files;

    @Override
    <T> SqlCacheBuilder<T> store(SqlCacheBuilder<T> builder) {
        return builder.duckDb(directory.resolve("deep/cache" + files++ + ".duckdb"));
    }

    /** What is known of the ledger without reading it must belong to the same state as the rows. */
    @Test
    void answersStayWholeWhileRangesComeAndGo() throws Exception {
        Path file = directory.resolve("shared.duckdb");
        try (SqlCache<Price> one = prices(new RecordingSource<>(Price::daily))
                        .duckDb(file)
                        .clock(clock)
                        .build();
                SqlCache<Price> other = prices(new RecordingSource<>(Price::daily))
                        .duckDb(file)
                        .clock(clock)
                        .build()) {
            AtomicBoolean isOver = new AtomicBoolean();
            ExecutorService threads = Executors.newFixedThreadPool(3);
            Callable<Integer> reading = () -> {
                int reads = 0;
                while (!isOver.get()) {
                    assertThat(january(one, "A", 1, 30).list()).isEqualTo(expected("A", 1, 30));
                    reads++;
                }
                return reads;
            };
            Future<Integer> first = threads.submit(reading);
            Future<Integer> second = threads.submit(reading);
            for (int i = 0; i < 30; i++) {
                january(other, "A", 1 + i % 25, 5 + i % 25).invalidate();
                january(other, "A", 1, 30).list();
            }
            isOver.set(true);
            threads.shutdown();

            assertThat(first.get() + second.get()).isPositive();
        }
    }

    @Test
    void aFileThatWasDeletedIsNotRemembered() throws IOException {
        Path file = directory.resolve("deleted.duckdb");
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        for (int i = 0; i < 2; i++) {
            try (SqlCache<Price> cache =
                    prices(source).duckDb(file).clock(clock).build()) {
                assertThat(january(cache, "A", 1, 5).list()).hasSize(5);
                assertThat(january(cache, "A", 1, 5).list()).hasSize(5);
            }
            Files.delete(file);
        }

        assertThat(source.calls()).hasSize(2);
    }
}
