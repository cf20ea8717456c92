package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a PostgreSQL database.
 *
 * @param url without user and password
 * @param schema where the tables are, null for the current schema of the connections
 * @param poolSize how many connections there may be
 */
record PostgresqlSettings(
        String url,
        @Nullable String username,
        @Nullable String password,
        @Nullable String schema,
        int poolSize) {

    static final String PREFIX = "cacheness.metadata.options.";

    private static final List<String> OPTIONS = List.of("url", "username", "password", "schema", "pool-size");

    private static final int DEFAULT_POOL_SIZE = 8;

    private static final int MAX_POOL_SIZE = 100;

    private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    /** What names a class to load or a file to write, what we set ourselves, and what is secret. */
    private static final List<String> FORBIDDEN = List.of(
            "socketfactory",
            "socketfactoryarg",
            "sslfactoryarg",
            "authenticationpluginclassname",
            "loggerfile",
            "options",
            "currentschema",
            "user",
            "password");

    static PostgresqlSettings of(Map<String, String> options) {
        refuseUnknown(options);
        return new PostgresqlSettings(
                checkUrl(options.get("url")),
                options.get("username"),
                options.get("password"),
                checkSchema(options.get("schema")),
                checkPoolSize(options.get("pool-size")));
    }

    private static void refuseUnknown(Map<String, String> options) {
        for (String option : new TreeSet<>(options.keySet())) {
            if (!OPTIONS.contains(option)) {
                throw new CacheConfigurationException(
                        PREFIX + option,
                        null,
                        "The postgresql backend has no such option.",
                        "Use " + String.join(", ", OPTIONS) + ".");
            }
        }
    }

    private static String checkUrl(@Nullable String url) {
        if (url == null || url.isBlank()) {
            throw new CacheConfigurationException(
                    PREFIX + "url",
                    null,
                    "The postgresql backend needs the address of a database.",
                    "Set it to jdbc:postgresql://host:5432/database, or give the backend a DataSource.");
        }
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new CacheConfigurationException(
                    PREFIX + "url",
                    masked(url),
                    "It is not the address of a PostgreSQL database.",
                    "Use jdbc:postgresql://host:5432/database, or choose another cacheness.metadata.backend.");
        }
        for (String name : propertiesOf(url)) {
            if (FORBIDDEN.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                throw new CacheConfigurationException(
                        PREFIX + "url",
                        masked(url),
                        "It must not set '" + name + "'.",
                        "Take it out; user, password and schema have options of their own.");
            }
        }
        return url;
    }

    private static List<String> propertiesOf(String url) {
        List<String> names = new ArrayList<>();
        int query = url.indexOf('?');
        if (query >= 0) {
            for (String property : url.substring(query + 1).split("&", -1)) {
                names.add(property.split("=", 2)[0]);
            }
        }
        return names;
    }

    /** As far as it can be shown: neither what follows the database nor a user before the host. */
    private static String masked(String url) {
        return url.replaceAll("\\?.*", "?…").replaceAll("//[^/]*@", "//…@");
    }

    private static @Nullable String checkSchema(@Nullable String schema) {
        if (schema != null && !SCHEMA.matcher(schema).matches()) {
            throw new CacheConfigurationException(
                    PREFIX + "schema",
                    schema.length() > 80 ? schema.substring(0, 80) + "…" : schema,
                    "It is not the name of a schema.",
                    "Use up to 63 lower-case letters, digits and '_'.");
        }
        return schema;
    }

    private static int checkPoolSize(@Nullable String text) {
        if (text == null) {
            return DEFAULT_POOL_SIZE;
        }
        int size;
        try {
            size = Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            size = 0;
        }
        if (size < 1 || size > MAX_POOL_SIZE) {
            throw new CacheConfigurationException(
                    PREFIX + "pool-size",
                    text.length() > 80 ? text.substring(0, 80) + "…" : text,
                    "It is not a number of connections.",
                    "Use 1 to " + MAX_POOL_SIZE + ".");
        }
        return size;
    }

    /** Where the database is, for messages. */
    String place() {
        return masked(url).replaceFirst("^jdbc:postgresql:(//)?", "").replaceAll("\\?.*", "");
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "PostgresqlSettings[" + place() + ", schema=" + schema + ", poolSize=" + poolSize + "]";
    }
}
