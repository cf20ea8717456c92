package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a stored value when the application that reads it has changed its classes. */
class ChangedTypesTests {

    private static final String OLD = "public record Item(String name, int count) {}";

    @TempDir
    Path directory;

    @Test
    void aFieldThatWasAddedHasItsDefault() throws Exception {
        store(OLD);

        assertThat(find("public record Item(String name, int count, String note) {}")
                        .value())
                .hasToString("Optional[Item[name=a, count=3, note=null]]");
    }

    @Test
    void aFieldThatWasRemovedIsPassedOver() throws Exception {
        store(OLD);

        assertThat(find("public record Item(String name) {}").value()).hasToString("Optional[Item[name=a]]");
    }

    @Test
    void aFieldThatWasRenamedIsAChangedType() throws Exception {
        store(OLD);

        assertThat(find("public record Item(String name, int amount) {}"))
                .isEqualTo(new Lookup.Miss<>(MissReason.TYPE_CHANGED));
    }

    @Test
    void aFieldOfAnotherTypeIsAChangedType() throws Exception {
        store(OLD);

        assertThat(find("public record Item(String name, double count) {}"))
                .isEqualTo(new Lookup.Miss<>(MissReason.TYPE_CHANGED));
    }

    private void store(String source) throws Exception {
        ClassLoader loader = compile(source);
        Class<?> type = loader.loadClass("changing.Item");
        var constructor = type.getDeclaredConstructor(String.class, int.class);
        constructor.setAccessible(true);
        try (Cacheness cache = open(loader)) {
            put(cache, type, constructor.newInstance("a", 3));
        }
    }

    private <T> void put(Cacheness cache, Class<T> type, Object value) {
        cache.put(key(type), type.cast(value));
    }

    private Lookup<?> find(String source) throws Exception {
        ClassLoader loader = compile(source);
        try (Cacheness cache = open(loader)) {
            return cache.lookup(key(loader.loadClass("changing.Item")));
        }
    }

    private static <T> CacheKey<T> key(Class<T> type) {
        return CacheKey.of("item", 1).as(type);
    }

    private Cacheness open(ClassLoader loader) {
        return CachenessBuilder.at(directory.resolve("cache"))
                .classLoader(loader)
                .trustedPackages(List.of("changing"))
                .build();
    }

    private ClassLoader compile(String source) throws Exception {
        Path target = Files.createTempDirectory(directory, "classes");
        Path item = Files.writeString(target.resolve("Item.java"), "package changing; " + source);
        int result =
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", target.toString(), item.toString());
        assertThat(result).isZero();
        return new URLClassLoader(new URL[] {target.toUri().toURL()}, getClass().getClassLoader());
    }
}
