package dev.cacheness.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class CachenessRuntimeHintsTests {

    private final RuntimeHints hints = new RuntimeHints();

    @Test
    void everyMigrationIsKept() throws Exception {
        new CachenessRuntimeHints().registerHints(hints, null);

        Resource[] scripts =
                new PathMatchingResourcePatternResolver().getResources("classpath*:dev/cacheness/migration/**/*.sql");
        assertThat(scripts).isNotEmpty();
        for (Resource script : scripts) {
            String url = script.getURL().toString();
            String path = url.substring(url.indexOf("dev/cacheness/migration"));
            assertThat(RuntimeHintsPredicates.resource().forResource(path)).accepts(hints);
        }
    }

    @Test
    void parametersOfSpringsKeysAreReadable() throws Exception {
        new CachenessRuntimeHints().registerHints(hints, null);

        assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(SimpleKey.class.getDeclaredField("params")))
                .accepts(hints);
    }
}
