package dev.cacheness.boot.test.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.boot.test.RecordingSource;
import dev.cacheness.boot.test.SqlCacheTest;
import dev.cacheness.boot.test.TestClock;
import dev.cacheness.sql.FetchRange;
import dev.cacheness.sql.SqlCache;
import dev.cacheness.sql.SqlCacheFetchException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

@SqlCacheTest(
        properties = {
            "cacheness.sql.caches.prices.url=sqlite:target/must-not-be-there.db",
            "cacheness.sql.caches.prices.ttl=2h"
        })
@Import(Reports.class)
class SqlCacheTestTests {

    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

    @TestConfiguration(proxyBeanMethods = false)
    static class Sources {

        // docs:start source
        @Bean
        RecordingSource<Price> prices() {
            return RecordingSource.of(request -> request.fromDate()
                    .datesUntil(request.toDate())
                    .map(date -> new Price(request.string("symbol"), date, 1))
                    .toList());
        }
        // docs:end source
    }

    @Autowired
    private Reports reports;

    @Autowired
    private RecordingSource<Price> source;

    @Autowired
    private SqlCache<Price> prices;

    @Autowired
    private TestClock clock;

    @Autowired
    private ApplicationContext context;

    @BeforeEach
    void clear() {
        prices.clear();
        source.forget();
        source.recover();
    }

    @Test
    void sourceTellsWhatItWasAsked() {
        reports.total("AAPL", FIRST, FIRST.plusDays(5));
        assertThat(reports.total("AAPL", FIRST, FIRST.plusDays(7))).isEqualTo(7);

        assertThat(source.calls())
                .containsExactly("symbol=AAPL [2024-01-01, 2024-01-06)", "symbol=AAPL [2024-01-06, 2024-01-08)");
        assertThat(source.ranges()).endsWith(FetchRange.of(FIRST.plusDays(5), FIRST.plusDays(7)));
    }

    @Test
    void sourceFailsWhenItIsToldTo() {
        source.failWhen(request -> request.string("symbol").equals("AAPL"), new IOException("down"));

        assertThatExceptionOfType(SqlCacheFetchException.class)
                .isThrownBy(() -> reports.total("AAPL", FIRST, FIRST.plusDays(5)))
                .withRootCauseInstanceOf(IOException.class);
        assertThat(reports.total("MSFT", FIRST, FIRST.plusDays(5))).isEqualTo(5);
    }

    @Test
    void testMovesTheTime() {
        reports.total("AAPL", FIRST, FIRST.plusDays(5));
        clock.advance(Duration.ofHours(3));
        reports.total("AAPL", FIRST, FIRST.plusDays(5));

        assertThat(source.requests()).hasSize(2);
    }

    @Test
    void nothingElseIsThereAndNoFileIsTouched() {
        assertThat(context.getBeanNamesForType(RealSource.class)).isEmpty();
        assertThat(context.getBeanNamesForType(Reports.class)).hasSize(1);
        assertThat(Path.of("target/must-not-be-there.db")).doesNotExist();
    }
}
