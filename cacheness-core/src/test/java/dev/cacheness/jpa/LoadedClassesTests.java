package dev.cacheness.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hibernate takes a second and much memory, so it is loaded for those only who use the repository. */
class LoadedClassesTests {

    @TempDir
    Path directory;

    @Test
    @SuppressWarnings("unchecked")
    void hibernateIsLoadedWithTheFirstUseOfTheRepository() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (var loader = new RecordingLoader()) {
            thread.setContextClassLoader(loader);
            var program = (Consumer<Consumer<String>>) loader.loadClass(Program.class.getName())
                    .getDeclaredConstructor(Path.class)
                    .newInstance(directory);

            program.accept(loader::pass);

            assertThat(loader.hibernateAt).isEqualTo(Map.of("opened", false, "given", false, "used", true));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Runs among classes of its own. */
    public static final class Program implements Consumer<Consumer<String>> {

        private final Path directory;

        public Program(Path directory) {
            this.directory = directory;
        }

        @Override
        public void accept(Consumer<String> moments) {
            try (Cacheness cache = CachenessBuilder.at(directory).build()) {
                cache.put(CacheKey.of("name", "key"), "value");
                cache.get(CacheKey.of("name", "key"));
                moments.accept("opened");
                try (MetadataPersistence persistence = MetadataPersistence.of(cache)) {
                    CacheEntryRepository entries = persistence.entries();
                    entries.hashCode();
                    moments.accept("given");
                    entries.count();
                    moments.accept("used");
                }
            }
        }
    }

    /** Loads every class of the class path itself, and knows when it came to those of Hibernate. */
    private static final class RecordingLoader extends URLClassLoader {

        private final Map<String, Boolean> hibernateAt = new ConcurrentHashMap<>();

        private volatile boolean hibernate;

        RecordingLoader() {
            super(classPath(), ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            Class<?> found = super.findClass(name);
            if (name.startsWith("org.hibernate.")) {
                hibernate = true;
            }
            return found;
        }

        void pass(String moment) {
            hibernateAt.put(moment, hibernate);
        }

        private static URL[] classPath() {
            return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(entry -> {
                        try {
                            return Path.of(entry).toUri().toURL();
                        } catch (MalformedURLException ex) {
                            throw new IllegalStateException(ex);
                        }
                    })
                    .toArray(URL[]::new);
        }
    }
}
