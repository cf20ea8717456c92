package smoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.boot.annotation.CacheInvalidate;
import dev.cacheness.boot.annotation.Cached;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application with the starter and nothing else. */
class BareTests {

    @TempDir
    Path directory;

    @Test
    void startsAndHasNoBeansButTheCaches() {
        Set<String> without;
        try (ConfigurableApplicationContext context = run(Application.class, "--cacheness.enabled=false")) {
            without = beans(context);
            assertThat(context.getBeansOfType(Cacheness.class)).isEmpty();
        }

        try (ConfigurableApplicationContext context = run(Application.class)) {
            assertThat(beans(context)).isEqualTo(without);
            for (String type : new String[] {"DataSource", "Flyway", "JsonMapper", "ObjectMapper", "CacheManager"}) {
                assertThat(typesOfBeans(context)).noneMatch(name -> name.endsWith('.' + type));
            }
        }
    }

    @Test
    void valueIsThereAfterARestart() {
        CacheKey<Point> key = CacheKey.of("point", 1).as(Point.class);
        try (ConfigurableApplicationContext context = run(Application.class)) {
            context.getBean(Cacheness.class).put(key, new Point(1, 2));
        }

        try (ConfigurableApplicationContext context = run(Application.class)) {
            assertThat(context.getBean(Cacheness.class).get(key)).contains(new Point(1, 2));
        }
    }

    @Test
    void methodsAreCachedWithoutAnyCacheModule() {
        String first;
        try (ConfigurableApplicationContext context = run(CachingApplication.class)) {
            first = context.getBean(Clockwork.class).tick("a");

            assertThat(context.getBean(Clockwork.class).tick("a")).isEqualTo(first);
            assertThat(context.getBean(Clockwork.class).tick("b")).isNotEqualTo(first);
        }

        try (ConfigurableApplicationContext context = run(CachingApplication.class)) {
            assertThat(context.getBean(Clockwork.class).tick("a")).isEqualTo(first);
        }
    }

    @Test
    void annotatedMethodsAreCachedWithoutReactorAndWithoutTransactions() {
        try (ConfigurableApplicationContext context = run(AnnotatedApplication.class)) {
            Annotated annotated = context.getBean(Annotated.class);

            assertThat(annotated.tick("a")).isEqualTo(annotated.tick("a"));
            assertThat(annotated.later("a").join())
                    .isEqualTo(annotated.later("a").join());
            String before = annotated.tick("a");
            annotated.forget();
            assertThat(annotated.tick("a")).isNotEqualTo(before);
        }
    }

    private ConfigurableApplicationContext run(Class<?> application, String... arguments) {
        SpringApplication spring = new SpringApplication(application);
        spring.setDefaultProperties(Map.of(
                "spring.main.banner-mode",
                "off",
                "cacheness.storage.dir",
                directory.resolve("cache").toString()));
        return spring.run(arguments);
    }

    /** The beans of the application: all but those that say that they are the cache's. */
    private static Set<String> beans(ConfigurableApplicationContext context) {
        return Stream.of(context.getBeanDefinitionNames())
                .filter(name -> !name.toLowerCase(Locale.ROOT).contains("cacheness"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> typesOfBeans(ConfigurableApplicationContext context) {
        return Stream.of(context.getBeanDefinitionNames())
                .map(context::getType)
                .filter(type -> type != null)
                .map(Class::getName)
                .collect(Collectors.toSet());
    }

    record Point(int x, int y) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableCaching
    static class CachingApplication {

        @Bean
        Clockwork clockwork() {
            return new Clockwork();
        }
    }

    static class Clockwork {

        @Cacheable("ticks")
        public String tick(String name) {
            return name + " " + System.nanoTime();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class AnnotatedApplication {

        @Bean
        Annotated annotated() {
            return new Annotated();
        }
    }

    static class Annotated {

        @Cached(cache = "annotated")
        public String tick(String name) {
            return name + " " + System.nanoTime();
        }

        @Cached
        public CompletableFuture<String> later(String name) {
            return CompletableFuture.completedFuture(tick(name));
        }

        @CacheInvalidate(cache = "annotated")
        public void forget() {
            // The annotation does it.
        }
    }
}
