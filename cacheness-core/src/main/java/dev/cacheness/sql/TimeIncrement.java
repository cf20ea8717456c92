package dev.cacheness.sql;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads time increments. */
public final class TimeIncrement {

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([a-z]*)");

    private static final Map<String, Duration> UNITS = Map.ofEntries(
            Map.entry("", Duration.ofSeconds(1)),
            Map.entry("ms", Duration.ofMillis(1)),
            Map.entry("s", Duration.ofSeconds(1)),
            Map.entry("sec", Duration.ofSeconds(1)),
            Map.entry("secs", Duration.ofSeconds(1)),
            Map.entry("second", Duration.ofSeconds(1)),
            Map.entry("seconds", Duration.ofSeconds(1)),
            Map.entry("m", Duration.ofMinutes(1)),
            Map.entry("min", Duration.ofMinutes(1)),
            Map.entry("mins", Duration.ofMinutes(1)),
            Map.entry("minute", Duration.ofMinutes(1)),
            Map.entry("minutes", Duration.ofMinutes(1)),
            Map.entry("h", Duration.ofHours(1)),
            Map.entry("hour", Duration.ofHours(1)),
            Map.entry("hours", Duration.ofHours(1)),
            Map.entry("d", Duration.ofDays(1)),
            Map.entry("day", Duration.ofDays(1)),
            Map.entry("days", Duration.ofDays(1)),
            Map.entry("w", Duration.ofDays(7)),
            Map.entry("week", Duration.ofDays(7)),
            Map.entry("weeks", Duration.ofDays(7)));

    private TimeIncrement() {}

    /**
     * Reads a number and a unit ({@code 30sec}, {@code 5min}, {@code 1.5 hours}, {@code 1day}, {@code 2w}), a number of seconds ({@code 300}) or an
     * ISO duration ({@code PT5M}).
     *
     * @throws IllegalArgumentException if the text is none of these, or not more than nothing
     */
    public static Duration parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        Duration parsed = lower.startsWith("p") ? iso(text) : numberAndUnit(text, lower);
        if (parsed.isNegative() || parsed.isZero()) {
            throw wrong(text, null);
        }
        return parsed;
    }

    private static Duration iso(String text) {
        try {
            return Duration.parse(text.strip());
        } catch (DateTimeException e) {
            throw wrong(text, e);
        }
    }

    private static Duration numberAndUnit(String text, String lower) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(lower);
        if (!matcher.matches()) {
            throw wrong(text, null);
        }
        Duration unit = UNITS.get(matcher.group(2));
        if (unit == null) {
            throw wrong(text, null);
        }
        try {
            java.math.BigDecimal nanos =
                    new java.math.BigDecimal(matcher.group(1)).multiply(java.math.BigDecimal.valueOf(unit.toNanos()));
            return Duration.ofNanos(nanos.longValueExact());
        } catch (ArithmeticException e) {
            throw wrong(text, e);
        }
    }

    private static IllegalArgumentException wrong(String text, @org.jspecify.annotations.Nullable Exception cause) {
        return new IllegalArgumentException(
                "'" + text + "' is no time increment. Write a positive number and a unit, such as 30sec, 5min, 2hour,"
                        + " 1day or 1week, a number of seconds, or an ISO duration such as PT5M.",
                cause);
    }
}
