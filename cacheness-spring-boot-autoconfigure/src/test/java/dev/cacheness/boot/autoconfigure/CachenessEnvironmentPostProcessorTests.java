package dev.cacheness.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.support.SystemEnvironmentPropertySourceEnvironmentPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;

class CachenessEnvironmentPostProcessorTests {

    @TempDir
    Path directory;

    @Test
    void allSixVariablesBind() {
        CachenessProperties properties = bind(environment(Map.of(
                "CACHENESS_DIR", "/data/cache",
                "CACHENESS_MAX_SIZE_MB", "512",
                "CACHENESS_DEFAULT_TTL_HOURS", "48",
                "CACHENESS_BACKEND", "memory",
                "CACHENESS_COMPRESSION_CODEC", "lz4",
                "CACHENESS_COMPRESSION_LEVEL", "7")));

        assertThat(properties.storage().dir()).isEqualTo(Path.of("/data/cache"));
        assertThat(properties.storage().maxSize()).isEqualTo(DataSize.ofMegabytes(512));
        assertThat(properties.defaultTtl()).isEqualTo(Duration.ofHours(48));
        assertThat(properties.metadata().backend()).isEqualTo("memory");
        assertThat(properties.compression().codec()).isEqualTo("lz4");
        assertThat(properties.compression().level()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"0.5,PT30M", "1e1,PT10H", "24.0,PT24H", "0,PT0S", "-1,PT-1H", "0.0001,PT0.36S"})
    void hoursMayBeFractions(String hours, Duration ttl) {
        CachenessProperties properties = bind(environment(Map.of("CACHENESS_DEFAULT_TTL_HOURS", hours)));

        assertThat(properties.defaultTtl()).isEqualTo(ttl);
    }

    @ParameterizedTest
    @CsvSource({"0.5,524288", "2000,2097152000", "-5,-5242880"})
    void megabytesMayBeFractions(String megabytes, long bytes) {
        CachenessProperties properties = bind(environment(Map.of("CACHENESS_MAX_SIZE_MB", megabytes)));

        assertThat(properties.storage().maxSize().toBytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "CACHENESS_MAX_SIZE_MB,ten,cacheness.storage.max-size",
        "CACHENESS_MAX_SIZE_MB,1e30,cacheness.storage.max-size",
        "CACHENESS_MAX_SIZE_MB,1e999999999,cacheness.storage.max-size",
        "CACHENESS_MAX_SIZE_MB,9223372036854775807,cacheness.storage.max-size",
        "CACHENESS_DEFAULT_TTL_HOURS,NaN,cacheness.default-ttl",
        "CACHENESS_DEFAULT_TTL_HOURS,soon,cacheness.default-ttl",
        "CACHENESS_DEFAULT_TTL_HOURS,1e-999999999,cacheness.default-ttl",
        "CACHENESS_COMPRESSION_LEVEL,high,cacheness.compression.level"
    })
    void nonsenseIsRefusedWithVariableAndValue(String variable, String value, String property) {
        ConfigurableEnvironment environment = environment(Map.of(variable, value));

        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> bind(environment))
                .satisfies(failure -> {
                    assertThat(failure.getName().toString()).isEqualTo(property);
                    assertThat(failure.getProperty().getValue().toString()).startsWith(value);
                    assertThat(failure.getProperty().getOrigin().toString()).contains(variable);
                });
    }

    @Test
    void blankVariableIsNotSet() {
        CachenessProperties properties = bind(environment(Map.of("CACHENESS_DIR", "  ")));

        assertThat(properties.storage().dir()).isEqualTo(Path.of("cache"));
    }

    @Test
    void variablesOfAKubernetesServiceDoNoHarm() {
        CachenessProperties properties = bind(environment(Map.of(
                "CACHENESS_PORT", "tcp://10.0.0.1:80",
                "CACHENESS_SERVICE_HOST", "10.0.0.1",
                "CACHENESS_PORT_80_TCP_PROTO", "tcp")));

        assertThat(properties).isEqualTo(bind(environment(Map.of())));
    }

    @Test
    void originIsTheVariable() {
        ConfigurableEnvironment environment = environment(Map.of("CACHENESS_DIR", "x"));

        assertThat(PropertyOrigins.of(environment, "cacheness.storage.dir"))
                .map(Object::toString)
                .contains("System Environment Property \"CACHENESS_DIR\"");
    }

    @Test
    void precedenceIsCommandLineSystemPropertyLongNameShortNameFileDefault() throws Exception {
        Files.writeString(
                directory.resolve("application.properties"),
                "cacheness.storage.dir=from-file\nspring.config.import=\n");
        Map<String, Object> shortName = Map.of("CACHENESS_DIR", "from-short-name");
        Map<String, Object> both =
                Map.of("CACHENESS_DIR", "from-short-name", "CACHENESS_STORAGE_DIR", "from-long-name");
        Map<String, Object> property = Map.of("cacheness.storage.dir", "from-system-property");
        String commandLine = "--cacheness.storage.dir=from-command-line";
        String noFile = "--spring.config.location=optional:file:" + directory.resolve("none") + "/";
        String file = "--spring.config.location=file:" + directory + "/";

        assertThat(directoryOf(Map.of(), Map.of(), noFile)).isEqualTo("cache");
        assertThat(directoryOf(Map.of(), Map.of(), file)).isEqualTo("from-file");
        assertThat(directoryOf(shortName, Map.of(), file)).isEqualTo("from-short-name");
        assertThat(directoryOf(both, Map.of(), file)).isEqualTo("from-long-name");
        assertThat(directoryOf(both, property, file)).isEqualTo("from-system-property");
        assertThat(directoryOf(both, property, file, commandLine)).isEqualTo("from-command-line");
    }

    @Test
    void filesMayUseTheProperties() throws Exception {
        Files.writeString(directory.resolve("application.properties"), "app.dir=${cacheness.storage.dir}/x\n");
        String file = "--spring.config.location=file:" + directory + "/";

        try (ConfigurableApplicationContext context = run(Map.of("CACHENESS_DIR", "there"), Map.of(), file)) {
            assertThat(context.getEnvironment().getProperty("app.dir")).isEqualTo("there/x");
        }
    }

    private static String directoryOf(
            Map<String, Object> variables, Map<String, Object> systemProperties, String... arguments) {
        try (ConfigurableApplicationContext context = run(variables, systemProperties, arguments)) {
            return bind(context.getEnvironment()).storage().dir().toString();
        }
    }

    private static ConfigurableApplicationContext run(
            Map<String, Object> variables, Map<String, Object> systemProperties, String... arguments) {
        ConfigurableEnvironment environment = new StandardEnvironment();
        replace(environment, variables);
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
                        new MapPropertySource(
                                StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, systemProperties));
        SpringApplication application = new SpringApplication(Empty.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setEnvironment(environment);
        application.setLogStartupInfo(false);
        application.setBannerMode(Banner.Mode.OFF);
        return application.run(arguments);
    }

    private static ConfigurableEnvironment environment(Map<String, String> variables) {
        ConfigurableEnvironment environment = new StandardEnvironment();
        replace(environment, new LinkedHashMap<>(variables));
        SpringApplication application = new SpringApplication(Empty.class);
        new SystemEnvironmentPropertySourceEnvironmentPostProcessor().postProcessEnvironment(environment, application);
        new CachenessEnvironmentPostProcessor().postProcessEnvironment(environment, application);
        return environment;
    }

    private static void replace(ConfigurableEnvironment environment, Map<String, Object> variables) {
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
    }

    private static CachenessProperties bind(ConfigurableEnvironment environment) {
        return Binder.get(environment).bindOrCreate("cacheness", CachenessProperties.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Empty {}
}
