package dev.cacheness.boot.autoconfigure;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.sql.TimeIncrement;
import dev.cacheness.sql.range.Step;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.regex.Pattern;

/** Reads spans of range columns from properties of one cache. */
final class SqlCacheSpans {

    private static final String ACTION =
            "Use a span of time such as 12h, 3d or P1M for a column of time, or a whole number for a column of ids.";

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private static final Pattern PERIOD = Pattern.compile("[Pp][^Tt]*");

    private static final Pattern ZERO = Pattern.compile("0+\\D.*");

    private final String prefix;

    SqlCacheSpans(String cache) {
        this.prefix = "cacheness.sql.caches." + cache + ".";
    }

    /** A whole number is a number of ids; the builder knows whether the column has any. */
    Object span(String property, String text) {
        return NUMBER.matcher(text.strip()).matches() ? (Object) Long.valueOf(text.strip()) : time(property, text);
    }

    TemporalAmount time(String property, String text) {
        try {
            String stripped = text.strip();
            if (ZERO.matcher(stripped).matches() || stripped.equals("0")) {
                return Duration.ZERO;
            }
            return PERIOD.matcher(stripped).matches() ? Period.parse(stripped) : TimeIncrement.parse(stripped);
        } catch (IllegalArgumentException | DateTimeException ex) {
            throw wrong(property, text, "It is no span.", ACTION, ex);
        }
    }

    Step step(String property, String text) {
        Object span = span(property, text);
        try {
            if (span instanceof Long ids) {
                return Step.ofIds(ids);
            }
            return span instanceof Period period ? Step.of(period) : Step.of((Duration) span);
        } catch (IllegalArgumentException ex) {
            throw wrong(property, text, ex.getMessage() + ".", ACTION, ex);
        }
    }

    CacheConfigurationException wrong(
            String property, String value, String problem, String action, RuntimeException cause) {
        return new CacheConfigurationException(prefix + property, value, problem, action, cause);
    }

    CacheConfigurationException wrong(String property, String value, String problem, String action) {
        return new CacheConfigurationException(prefix + property, value, problem, action);
    }
}
