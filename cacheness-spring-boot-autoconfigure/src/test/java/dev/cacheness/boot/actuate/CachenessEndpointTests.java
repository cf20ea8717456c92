package dev.cacheness.boot.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

class CachenessEndpointTests {

    private static final String UNRESTRICTED = "--management.endpoint.cacheness.access=unrestricted";

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void showsFiguresAndEntries(WebApplicationType type) throws Exception {
        try (ConfigurableApplicationContext context = start(type)) {
            String digest = fill(context);

            assertThat(get(context, "").body())
                    .contains("\"entries\":3")
                    .contains("\"type-changed\":0")
                    .contains("\"metadataBackend\":\"sqlite\"");
            assertThat(get(context, "?namespace=users").body()).contains("\"entries\":2");
            assertThat(get(context, "/entries").body()).contains("\"total\":3").contains(digest);
            assertThat(get(context, "/entries?namespace=users&offset=1&limit=1").body())
                    .contains("\"total\":2")
                    .contains("\"limit\":1");
            assertThat(get(context, "/entries?digest=" + digest.substring(0, 8)).body())
                    .contains("\"total\":1");
            assertThat(get(context, "/" + digest).body())
                    .contains("\"namespace\":\"orders\"")
                    .doesNotContain("the value");
            assertThat(get(context, "/handlers").body())
                    .contains("{\"name\":\"bytes\",\"position\":1,\"version\":1,")
                    .contains("\"builtIn\":true");
        }
    }

    @Test
    void showsThePoliciesThatHold() throws Exception {
        try (ConfigurableApplicationContext context = start(
                WebApplicationType.SERVLET,
                "--cacheness.caches[us*].ttl=2h",
                "--cacheness.caches.users.soft-ttl=1m",
                "--cacheness.caches.users.single-flight=none")) {
            fill(context);

            assertThat(get(context, "").body())
                    .contains("\"us*\":{\"ttl\":\"PT2H\"")
                    .contains("\"users\":{\"ttl\":\"PT2H\",\"soft-ttl\":\"PT1M\",\"single-flight\":\"none\"");
            assertThat(get(context, "?namespace=users").body())
                    .contains("\"policies\":{\"users\":{\"ttl\":\"PT2H\"")
                    .doesNotContain("us*");
        }
    }

    @Test
    void showsTheFiguresOfAMemoryLayerThatCounts() throws Exception {
        try (ConfigurableApplicationContext context = start(
                WebApplicationType.SERVLET,
                "--cacheness.metadata.memory.enabled=true",
                "--cacheness.metadata.memory.stats=true")) {
            fill(context);

            assertThat(get(context, "").body())
                    .contains("\"memoryLayer\":{\"entries\":0,\"hits\":0,\"misses\":")
                    .contains("\"loadTimeSaved\":\"PT0S\"")
                    .doesNotContain("bytesPerSecondSaved\":0");
            assertThat(get(context, "?namespace=users").body()).doesNotContain("\"memoryLayer\":{");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void badRequestsAreAnsweredAsSuch(WebApplicationType type) throws Exception {
        try (ConfigurableApplicationContext context = start(type, UNRESTRICTED)) {
            fill(context);

            assertThat(get(context, "/" + "0".repeat(32)).statusCode()).isEqualTo(404);
            assertThat(get(context, "/nonsense").statusCode()).isEqualTo(400);
            assertThat(get(context, "/entries?limit=0").statusCode()).isEqualTo(400);
            assertThat(get(context, "/entries?limit=x").statusCode()).isEqualTo(400);
            assertThat(get(context, "/entries?offset=-1").statusCode()).isEqualTo(400);
            assertThat(get(context, "/entries?digest=ZZ").statusCode()).isEqualTo(400);
            assertThat(send(context, "DELETE", "", null).statusCode()).isEqualTo(400);
            assertThat(send(context, "DELETE", "?all=true&namespace=users", null)
                            .statusCode())
                    .isEqualTo(400);
            assertThat(send(context, "DELETE", "/" + "0".repeat(32), null).statusCode())
                    .isEqualTo(404);
            assertThat(send(context, "POST", "", "{\"action\":\"explode\"}").statusCode())
                    .isEqualTo(400);
            assertThat(context.getBean(Cacheness.class).stats().entries()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void removesWhereThatIsAllowed(WebApplicationType type) throws Exception {
        try (ConfigurableApplicationContext context = start(type, UNRESTRICTED)) {
            String digest = fill(context);

            assertThat(send(context, "DELETE", "/" + digest, null).body()).contains("\"removed\":1");
            assertThat(send(context, "DELETE", "?namespace=users", null).body()).contains("\"removed\":2");
            fill(context);
            assertThat(send(context, "POST", "", "{\"action\":\"cleanup\"}").body())
                    .contains("\"removed\":0");
            assertThat(send(context, "POST", "", "{\"action\":\"verify\"}").body())
                    .contains("\"sound\":true", "\"entries\":3", "\"orphans\":0");
            assertThat(send(context, "POST", "", "{\"action\":\"repair\"}").body())
                    .contains("\"sound\":true", "\"removed\":0");
            assertThat(send(context, "POST", "", "{\"action\":\"compact\"}").statusCode())
                    .isEqualTo(200);
            assertThat(send(context, "DELETE", "?all=true", null).body()).contains("\"removed\":3");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void canOnlyBeReadByDefault(WebApplicationType type) throws Exception {
        try (ConfigurableApplicationContext context = start(type)) {
            String digest = fill(context);

            assertThat(send(context, "DELETE", "/" + digest, null).statusCode()).isIn(404, 405);
            assertThat(send(context, "DELETE", "?all=true", null).statusCode()).isIn(404, 405);
            assertThat(send(context, "POST", "", "{\"action\":\"cleanup\"}").statusCode())
                    .isIn(404, 405);
            assertThat(context.getBean(Cacheness.class).stats().entries()).isEqualTo(3);
        }
    }

    @Test
    void isNotThereUnlessExposed() {
        try (ConfigurableApplicationContext context =
                start(WebApplicationType.SERVLET, "--management.endpoints.web.exposure.include=health")) {
            assertThat(context.getBeansOfType(CachenessEndpoint.class)).isEmpty();
            assertThat(context.getBeansOfType(CachenessEndpointWebExtension.class))
                    .isEmpty();
        }
    }

    @Test
    void healthTellsOfAVanishedDirectory() throws Exception {
        try (ConfigurableApplicationContext context =
                start(WebApplicationType.SERVLET, "--management.endpoint.health.show-details=always")) {
            assertThat(send(context, "GET", "/../health", null).body()).contains("\"cacheness\":{\"status\":\"UP\"}");

            CachenessHealthIndicator elsewhere = new CachenessHealthIndicator(
                    context.getBean(Cacheness.class), directory.resolve("gone"), List.of());

            assertThat(elsewhere.health().getStatus().getCode()).isEqualTo("DOWN");
        }
    }

    @Test
    void healthIsDownOnceTheCacheIsClosed() {
        try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET)) {
            context.getBean(Cacheness.class).close();

            assertThat(context.getBean(CachenessHealthIndicator.class)
                            .health()
                            .getStatus()
                            .getCode())
                    .isEqualTo("DOWN");
        }
    }

    @Test
    void healthAndInfoCanBeSwitched() {
        try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET)) {
            assertThat(context.getBeansOfType(CachenessInfoContributor.class)).isEmpty();
        }
        try (ConfigurableApplicationContext context = start(
                WebApplicationType.SERVLET,
                "--management.health.cacheness.enabled=false",
                "--management.info.cacheness.enabled=true")) {
            assertThat(context.getBeansOfType(CachenessHealthIndicator.class)).isEmpty();
            assertThat(context.getBeansOfType(CachenessInfoContributor.class)).hasSize(1);
        }
    }

    private static String fill(ConfigurableApplicationContext context) {
        Cacheness cacheness = context.getBean(Cacheness.class);
        cacheness.put(CacheKey.in("users", Map.of("key", 1)), "the value");
        cacheness.put(CacheKey.in("users", Map.of("key", 2)), "the value");
        return cacheness.put(CacheKey.in("orders", Map.of("key", 1)), "the value");
    }

    private HttpResponse<String> get(ConfigurableApplicationContext context, String path) throws Exception {
        return send(context, "GET", path, null);
    }

    private HttpResponse<String> send(ConfigurableApplicationContext context, String method, String path, String body)
            throws IOException, InterruptedException {
        String port = context.getEnvironment().getProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/actuator/cacheness" + path)
                                .normalize())
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private ConfigurableApplicationContext start(WebApplicationType type, String... arguments) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(type);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(Map.of(
                "server.port", "0",
                "management.endpoints.web.exposure.include", "cacheness,health",
                "cacheness.storage.dir", directory.resolve("cache").toString()));
        return application.run(arguments);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
