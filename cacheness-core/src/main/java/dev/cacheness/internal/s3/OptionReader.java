package dev.cacheness.internal.s3;

import dev.cacheness.CacheConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads options from their text, and knows in the end which ones nobody asked for. */
final class OptionReader {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(B|KB|MB|GB)?");

    private static final Duration MIN_DURATION = Duration.ofMillis(1);

    private static final Duration MAX_DURATION = Duration.ofHours(1);

    private final Map<String, String> options;

    private final Set<String> known = new TreeSet<>();

    OptionReader(Map<String, String> options) {
        this.options = options;
    }

    /** Null if it is not set or blank. */
    @Nullable
    String text(String name) {
        known.add(name);
        String text = options.get(name);
        return text == null || text.isBlank() ? null : text.strip();
    }

    @Nullable
    String choice(String name, List<String> choices) {
        String text = text(name);
        if (text != null && !choices.contains(text)) {
            throw refused(name, text, "There is no such choice.", "Use " + String.join(", ", choices) + ".");
        }
        return text;
    }

    boolean flag(String name, boolean otherwise) {
        String text = text(name);
        if (text != null && !text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw refused(name, text, "It is neither true nor false.", "Use true or false.");
        }
        return text == null ? otherwise : Boolean.parseBoolean(text);
    }

    int number(String name, int otherwise, int min, int max) {
        String text = text(name);
        int number = text == null ? otherwise : text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
        if (number < min || number > max) {
            throw refused(name, text, "It is not a number in the range.", "Use " + min + " to " + max + ".");
        }
        return number;
    }

    int bytes(String name, int otherwise, int min, int max) {
        String text = text(name);
        long bytes = otherwise;
        if (text != null) {
            Matcher size = SIZE.matcher(text.toUpperCase(Locale.ROOT));
            bytes = size.matches() ? Long.parseLong(size.group(1)) * unit(size.group(2)) : -1;
        }
        if (bytes < min || bytes > max) {
            throw refused(
                    name,
                    text,
                    "It is not a number of bytes in the range.",
                    "Use " + (min >> 20) + "MB to " + (max >> 20) + "MB.");
        }
        return (int) bytes;
    }

    private static long unit(@Nullable String unit) {
        if (unit == null) {
            return 1;
        }
        return switch (unit) {
            case "KB" -> 1L << 10;
            case "MB" -> 1L << 20;
            case "GB" -> 1L << 30;
            default -> 1;
        };
    }

    Duration duration(String name, Duration otherwise) {
        String text = text(name);
        Duration duration = text == null ? otherwise : parsed(text);
        if (duration.compareTo(MIN_DURATION) < 0 || duration.compareTo(MAX_DURATION) > 0) {
            throw refused(name, text, "It is not a duration in the range.", "Use 1ms to 1h, such as 5s.");
        }
        return duration;
    }

    private static Duration parsed(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        try {
            if (upper.endsWith("MS")) {
                return Duration.ofMillis(
                        Long.parseLong(upper.substring(0, upper.length() - 2).strip()));
            }
            return Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
        } catch (DateTimeParseException | NumberFormatException ex) {
            return Duration.ZERO;
        }
    }

    @Nullable
    URI uri(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            URI uri = new URI(text);
            if (List.of("http", "https").contains(String.valueOf(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException ex) {
            // Refused below.
        }
        throw refused(name, null, "It is not the address of a server.", "Use https://host or http://host:port.");
    }

    void refuseRest() {
        for (String option : new TreeSet<>(options.keySet())) {
            if (!known.contains(option)) {
                throw refused(
                        option, null, "The s3 backend has no such option.", "Use " + String.join(", ", known) + ".");
            }
        }
    }

    private static CacheConfigurationException refused(
            String name, @Nullable String value, String problem, String action) {
        String shown = value != null && value.length() > 80 ? value.substring(0, 80) + "…" : value;
        return new CacheConfigurationException(S3Settings.PREFIX + name, shown, problem, action);
    }
}
