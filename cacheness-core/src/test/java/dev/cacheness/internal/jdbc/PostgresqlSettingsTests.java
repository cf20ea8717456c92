package dev.cacheness.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheConfigurationException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the backend says to settings that make no sense, and that it never says a password. */
class PostgresqlSettingsTests {

    private static final String URL = "jdbc:postgresql://db:5432/shop";

    @Test
    void passwordIsNeverShown() {
        Map<String, String> options =
                Map.of("url", URL + "?ssl=true", "username", "me", "password", "secret", "schema", "cache");

        assertThat(PostgresqlSettings.of(options))
                .hasToString("PostgresqlSettings[db:5432/shop, schema=cache, poolSize=8]");
        assertThat(PostgresqlFixture.settings(options).toString()).doesNotContain("secret");
    }

    @Test
    void urlIsNeeded() {
        assertRefused(Map.of(), "cacheness.metadata.options.url", "jdbc:postgresql://host:5432/database");
    }

    @Test
    void urlOfAnotherDatabaseIsRefused() {
        assertRefused(Map.of("url", "jdbc:mysql://me:secret@db/shop?password=secret"), "…@db/shop?…", "PostgreSQL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"socketFactory", "SOCKETFACTORYARG", "loggerFile", "options", "password", "currentSchema"})
    void urlMustNotLoadClassesOrTakeOver(String property) {
        assertRefused(
                Map.of("url", URL + "?ssl=true&" + property + "=secret"), "url=" + URL + "?…", "'" + property + "'");
    }

    @ParameterizedTest
    @CsvSource({"schema,public; drop table x", "schema,Upper", "pool-size,0", "pool-size,101", "pool-size,many"})
    void badOptionIsNamed(String option, String value) {
        var options = new HashMap<>(Map.of("url", URL));
        options.put(option, value);

        assertRefused(options, "cacheness.metadata.options." + option + "=" + value, "Use ");
    }

    @Test
    void unknownOptionIsRefusedWithoutItsValue() {
        assertRefused(
                Map.of("url", URL, "pasword", "secret"),
                "cacheness.metadata.options.pasword: ",
                "url, username, password");
    }

    @Test
    void providerLoadsWithoutItsLibrariesAndNamesThem() throws Exception {
        try (var poor = classPathWithout("postgresql-", "flyway-database-postgresql")) {
            Class<?> provider = poor.loadClass("dev.cacheness.internal.jdbc.PostgresqlMetadataBackendProvider");
            Object opened = provider.getConstructor().newInstance();
            Class<?> settingsType = poor.loadClass("dev.cacheness.spi.BackendSettings");

            assertThat(provider.getMethod("name").invoke(opened)).isEqualTo("postgresql");
            assertThat(provider.getMethod("requiredArtifacts").invoke(opened))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                    .contains("org.postgresql:postgresql");
            assertThatExceptionOfType(java.lang.reflect.InvocationTargetException.class)
                    .isThrownBy(() -> provider.getMethod("open", settingsType).invoke(opened, new Object[] {null}))
                    .havingCause()
                    .withMessageContaining("cacheness.metadata.backend=postgresql")
                    .withMessageContaining("org.postgresql:postgresql, org.flywaydb:flyway-database-postgresql")
                    .withMessageContaining("Add the dependency");
        }
    }

    private static URLClassLoader classPathWithout(String... names) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            Path path = Path.of(element);
            String file = path.getFileName().toString();
            if (List.of(names).stream().noneMatch(file::startsWith)) {
                urls.add(path.toUri().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }

    private static void assertRefused(Map<String, String> options, String... parts) {
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> PostgresqlSettings.of(options))
                .satisfies(e -> assertThat(e.getMessage()).contains(parts).doesNotContain("secret"));
    }
}
