package dev.cacheness.table;

import java.time.Duration;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Types that have no column of their own and are kept as text. */
final class TextForm {

    private static final Map<Class<?>, Function<String, Object>> PARSERS = parsers();

    private TextForm() {}

    private static Map<Class<?>, Function<String, Object>> parsers() {
        Map<Class<?>, Function<String, Object>> parsers = new LinkedHashMap<>();
        parsers.put(Character.class, text -> text.charAt(0));
        parsers.put(OffsetDateTime.class, OffsetDateTime::parse);
        parsers.put(OffsetTime.class, OffsetTime::parse);
        parsers.put(ZonedDateTime.class, ZonedDateTime::parse);
        parsers.put(Duration.class, Duration::parse);
        parsers.put(Period.class, Period::parse);
        parsers.put(Year.class, Year::parse);
        parsers.put(YearMonth.class, YearMonth::parse);
        parsers.put(MonthDay.class, MonthDay::parse);
        parsers.put(ZoneId.class, ZoneId::of);
        parsers.put(ZoneOffset.class, ZoneOffset::of);
        return parsers;
    }

    /** What makes a value of the class from its text, null if the class has no text form. */
    static @Nullable Function<String, Object> parserOf(Class<?> type) {
        return type.isEnum() ? text -> constantOf(type, text) : PARSERS.get(type);
    }

    static String format(Object value) {
        return value instanceof Enum<?> constant ? constant.name() : value.toString();
    }

    private static Object constantOf(Class<?> type, String name) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(type.getName() + " has no constant '" + name + "'");
    }
}
