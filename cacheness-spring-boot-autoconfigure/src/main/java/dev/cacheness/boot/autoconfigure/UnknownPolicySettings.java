package dev.cacheness.boot.autoconfigure;

import dev.cacheness.CacheConfigurationException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Refuses settings of caches that there are not, which binding alone would pass over. */
final class UnknownPolicySettings {

    private static final String ROOT = "cacheness.caches";

    private static final int FARTHEST = 3;

    private static final List<String> KNOWN = Arrays.stream(CachePolicyProperties.class.getRecordComponents())
            .map(RecordComponent::getName)
            .map(UnknownPolicySettings::dashed)
            .toList();

    private UnknownPolicySettings() {}

    /** @throws CacheConfigurationException if there is such a setting, or a name was cut short because it is not in brackets */
    static void check(Environment environment) {
        Binder.get(environment)
                .bind(ROOT, Bindable.mapOf(String.class, Object.class))
                .orElseGet(Map::of)
                .forEach(UnknownPolicySettings::check);
    }

    private static void check(String cache, Object settings) {
        if (cache.endsWith("-")) {
            throw new CacheConfigurationException(
                    ROOT + "." + cache,
                    null,
                    "The name of the cache ends with a dash; a star behind it gets lost unless the name is in"
                            + " brackets.",
                    "Write the pattern as " + ROOT + "[" + cache + "*], in YAML as \"[" + cache + "*]\".");
        }
        if (settings instanceof Map<?, ?> map) {
            map.keySet().forEach(setting -> check(cache, withoutPosition(String.valueOf(setting))));
        }
    }

    /** A list in a file has a setting for each of its elements. */
    private static String withoutPosition(String setting) {
        int bracket = setting.indexOf('[');
        return bracket < 0 ? setting : setting.substring(0, bracket);
    }

    private static void check(String cache, String setting) {
        boolean known = KNOWN.stream().anyMatch(name -> uniform(name).equals(uniform(setting)));
        if (!known) {
            throw new CacheConfigurationException(
                    ROOT + (cache.matches("[A-Za-z0-9-]+") ? "." + cache : "[" + cache + "]") + "." + setting,
                    null,
                    "There is no such setting of a cache.",
                    suggestion(setting) + "Use one of " + String.join(", ", KNOWN)
                            + ". A name of a cache with dots is written in brackets.");
        }
    }

    private static String suggestion(String setting) {
        return KNOWN.stream()
                .filter(name -> distance(uniform(setting), uniform(name)) < FARTHEST)
                .findFirst()
                .map(name -> "Did you mean '" + name + "'? ")
                .orElse("");
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String uniform(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** How many letters must be added, removed or replaced to turn one text into the other. */
    private static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                } else {
                    int replaced = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                    cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                }
            }
        }
        return cost[from.length()][to.length()];
    }
}
