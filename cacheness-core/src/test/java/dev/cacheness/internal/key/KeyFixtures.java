package dev.cacheness.internal.key;

import dev.cacheness.CacheKey;
import dev.cacheness.KeyNamespace;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Currency;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keys of all kinds, each different from all others. Their digests are kept, so values are added here and never changed. */
final class KeyFixtures {

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "grün";
            }
        }
    }

    record Place(String name) {}

    record Range(Place from, @Nullable Place to) {}

    @KeyNamespace("point")
    record PinnedPoint(int x, int y) {}

    record ModelKey(String model, String dataset) implements CacheKey<String> {}

    @KeyNamespace("models")
    record PinnedKey(String model, String dataset) implements CacheKey<String> {}

    static class Base {
        private final int id;

        Base(int id) {
            this.id = id;
        }

        int id() {
            return id;
        }
    }

    static final class Child extends Base {
        static int count = 0;

        private final String id;
        transient int ignored;

        Child(int base, String id, int ignored) {
            super(base);
            this.id = id;
            this.ignored = ignored;
        }

        String name() {
            return id;
        }
    }

    private KeyFixtures() {}

    /** @param directory where files are made for the keys that have paths */
    static Map<String, CacheKey<?>> all(Path directory) throws IOException {
        var keys = new LinkedHashMap<String, CacheKey<?>>();
        values(directory).forEach((name, value) -> keys.put(name, CacheKey.of("value", value)));
        keys.put("key-record", new ModelKey("xgboost", "train"));
        keys.put("key-record-pinned", new PinnedKey("xgboost", "train"));
        keys.put("key-loose", CacheKey.of("model", "xgboost", "dataset", "train"));
        keys.put("key-in-namespace", CacheKey.in("weather", Map.of("city", "Ulm", "units", "metric")));
        return keys;
    }

    private static Map<String, @Nullable Object> values(Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "content");
        Path tree = Files.createDirectories(directory.resolve("tree/sub"));
        Files.writeString(tree.resolve("a"), "a");
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("null", null);
        values.put("text", "text");
        values.put("text-empty", "");
        values.put("text-unicode", "ä€😀");
        values.put("text-lone-high", "\uD83D");
        values.put("text-lone-low", "\uDE00");
        values.put("text-question-mark", "?");
        values.put("text-one", "1");
        values.put("true", true);
        values.put("false", false);
        values.put("character", 'x');
        values.put("integer-0", 0);
        values.put("integer-1", 1);
        values.put("integer-minus-1", -1);
        values.put("integer-127", 127);
        values.put("integer-128", 128);
        values.put("integer-minus-129", -129);
        values.put("integer-max", Long.MAX_VALUE);
        values.put("integer-min", Long.MIN_VALUE);
        values.put("integer-big", BigInteger.TWO.pow(100));
        values.put("floating-0", 0.0);
        values.put("floating-minus-0", -0.0);
        values.put("floating-1", 1.0);
        values.put("floating-1.5", 1.5);
        values.put("floating-nan", Double.NaN);
        values.put("decimal-0", BigDecimal.ZERO);
        values.put("decimal-1", BigDecimal.ONE);
        values.put("decimal-0.1", new BigDecimal("0.10"));
        values.put("enum", Colour.RED);
        values.put("enum-with-body", Colour.GREEN);
        values.put("uuid", UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));
        values.put("uri", URI.create("https://example.org/a?b=c"));
        values.put("locale", Locale.GERMANY);
        values.put("locale-script", Locale.forLanguageTag("zh-Hant-TW-u-ca-roc"));
        values.put("currency", Currency.getInstance("EUR"));
        values.put("class", String.class);
        values.put("date", new Date(1_700_000_000_000L));
        values.putAll(times());
        values.put("file", file);
        values.put("directory", tree.getParent());
        values.put("optional-empty", Optional.empty());
        values.put("optional", Optional.of("text"));
        values.put("list-empty", List.of());
        values.put("list", Arrays.asList("a", null, 1));
        values.put("list-nested", List.of(List.of("a"), List.of()));
        values.put("deque", new ArrayDeque<>(List.of(1, 2, 3)));
        values.put("set-empty", Set.of());
        values.put("set", Set.of("a", "b", "c", 1, 2, 3, Colour.RED));
        values.put("map-empty", Map.of());
        values.put("map", Map.of("a", 1, 2, "b", Colour.RED, List.of(), List.of(1), "list"));
        values.put("bytes", new byte[] {1, 2, 3});
        values.put("shorts", new short[] {1, 2, 3});
        values.put("ints", new int[] {1, 2, 3});
        values.put("longs", new long[] {1, 2, 3});
        values.put("chars", new char[] {1, 2, 3});
        values.put("booleans", new boolean[] {true, false});
        values.put("floats", new float[] {1, 2, 3});
        values.put("doubles", new double[] {1, 2, 3});
        values.put("objects", new Object[] {"a", 1, null});
        values.put("matrix", new double[][] {{1, 2}, {3}});
        values.put("record", new Place("Ulm"));
        values.put("record-elsewhere", new dev.cacheness.internal.key.other.Place("Ulm"));
        values.put("record-nested", new Range(new Place("Ulm"), null));
        values.put("record-pinned", new PinnedPoint(1, 2));
        values.put("object", new Child(1, "one", 5));
        return values;
    }

    private static Map<String, Object> times() {
        LocalDate date = LocalDate.of(2026, 2, 28);
        LocalTime time = LocalTime.of(12, 30, 15, 123_456_789);
        LocalDateTime local = date.atTime(time);
        ZoneOffset offset = ZoneOffset.ofHours(1);
        var values = new LinkedHashMap<String, Object>();
        values.put("instant", Instant.ofEpochSecond(1_700_000_000, 5));
        values.put("local-date", date);
        values.put("local-time", time);
        values.put("local-date-time", local);
        values.put("offset-date-time", OffsetDateTime.of(local, offset));
        values.put("offset-time", OffsetTime.of(time, offset));
        values.put("zoned-date-time", ZonedDateTime.of(local, ZoneId.of("Europe/Berlin")));
        values.put("zoned-date-time-offset", ZonedDateTime.of(local, offset));
        values.put("duration", Duration.ofMillis(-500));
        values.put("period", Period.of(1, 2, 3));
        values.put("year", Year.of(2026));
        values.put("year-month", YearMonth.of(2026, 2));
        values.put("month-day", MonthDay.of(2, 28));
        values.put("zone", ZoneId.of("Europe/Berlin"));
        values.put("zone-offset", offset);
        return values;
    }
}
