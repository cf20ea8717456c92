package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
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
                    .isThrownBy(() -> rowCache("TINYLFU", poor))
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
                assertThat(rowCache(policy, poor)).as(policy).isNotNull();
            }
        }
    }

    /** No whole cache, whose threads would outlive the loader. */
    private static Object rowCache(String policy, ClassLoader loader) throws Exception {
        Class<?> policyType = loader.loadClass("dev.cacheness.engine.MemoryPolicy");
        Class<?> settingsType = loader.loadClass("dev.cacheness.engine.MemoryLayerSettings");
        Object settings = settingsType
                .getConstructor(policyType, int.class, Duration.class, boolean.class)
                .newInstance(policyType.getField(policy).get(null), 10, Duration.ofMinutes(1), false);
        Method of = loader.loadClass("dev.cacheness.engine.RowCache").getDeclaredMethod("of", settingsType);
        of.setAccessible(true);
        return of.invoke(null, settings);
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
