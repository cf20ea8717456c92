package dev.cacheness.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeIncrementTests {

    @Test
    void numbersUnitsAndIsoAreRead() {
        Map<String, Duration> increments = Map.ofEntries(
                Map.entry("30sec", Duration.ofSeconds(30)),
                Map.entry("30 seconds", Duration.ofSeconds(30)),
                Map.entry("5min", Duration.ofMinutes(5)),
                Map.entry("5m", Duration.ofMinutes(5)),
                Map.entry("5 minutes", Duration.ofMinutes(5)),
                Map.entry("2hour", Duration.ofHours(2)),
                Map.entry("1.5h", Duration.ofMinutes(90)),
                Map.entry("1DAY", Duration.ofDays(1)),
                Map.entry("2weeks", Duration.ofDays(14)),
                Map.entry("300", Duration.ofMinutes(5)),
                Map.entry("250ms", Duration.ofMillis(250)),
                Map.entry("PT5M", Duration.ofMinutes(5)));

        increments.forEach((text, expected) ->
                assertThat(TimeIncrement.parse(text)).as(text).isEqualTo(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5 parsecs",
                "",
                "-5min",
                "0sec",
                "1e3min",
                "min",
                "5min5",
                "99999999999999999week",
                "PT",
                "-PT5M"
            })
    void everythingElseIsRefusedWithTheGrammar(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeIncrement.parse(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("30sec, 5min, 2hour");
    }
}
