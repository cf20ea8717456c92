package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Caffeine is optional, and missed only by those who ask for it. */
class MissingCaffeineTests {

    @Test
    void tinylfuNamesTheLibraryThatItNeeds() throws Exception {
        try (URLClassLoader poor = classPathWithoutCaffeine()) {
            assertThatExceptionOfType(InvocationTargetException.class)
                    .isThrownBy(() -> open("TINYLFU", poor))
                    .havingCause()
                    .withMessageContaining("cacheness.metadata.memory.type=tinylfu")
                    .withMessageContaining("Add the library com.github.ben-manes.caffeine:caffeine, or use lru")
                    .satisfies(e ->
                            assertThat(e.getClass().getName()).isEqualTo("dev.cacheness.CacheConfigurationException"));
        }
    }

    @Test
    void othersDoWithoutIt() throws Exception {
        try (URLClassLoader poor = classPathWithoutCaffeine()) {
            for (String policy : List.of("LRU", "LFU", "FIFO", "RANDOM")) {
                try (AutoCloseable cache = open(policy, poor)) {
                    assertThat(cache).isNotNull();
                }
            }
        }
    }

    private static AutoCloseable open(String policy, ClassLoader loader) throws Exception {
        Class<?> builderType = loader.loadClass("dev.cacheness.engine.CachenessBuilder");
        Class<?> policyType = loader.loadClass("dev.cacheness.engine.MemoryPolicy");
        Class<?> settingsType = loader.loadClass("dev.cacheness.engine.MemoryLayerSettings");
        Object settings = settingsType
                .getConstructor(policyType, int.class, Duration.class, boolean.class)
                .newInstance(policyType.getField(policy).get(null), 10, Duration.ofMinutes(1), false);
        Object builder = builderType.getMethod("inMemory").invoke(null);
        builderType.getMethod("classLoader", ClassLoader.class).invoke(builder, loader);
        builderType.getMethod("memoryLayer", settingsType).invoke(builder, settings);
        return (AutoCloseable) builderType.getMethod("build").invoke(builder);
    }

    private static URLClassLoader classPathWithoutCaffeine() throws Exception {
        var urls = new ArrayList<URL>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!Path.of(element).getFileName().toString().startsWith("caffeine-")) {
                urls.add(Path.of(element).toUri().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }
}
