package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.PutOption;
import dev.cacheness.spi.Upcaster;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
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

    @Test
    void anUpcasterKnowsWhatBecameOfARenamedField() throws Exception {
        store(OLD);

        Lookup<?> found = findWith(
                "public record Item(String name, int amount) {}",
                type -> Upcaster.of(
                        "changing.Item", type, fields -> make(type, fields.get("name"), fields.get("count"))));

        assertThat(found.value()).hasToString("Optional[Item[name=a, amount=3]]");
    }

    @Test
    void anUpcasterGivesAnAddedFieldItsValue() throws Exception {
        store(OLD);

        Lookup<?> found = findWith(
                "public record Item(String name, int count, String note) {}",
                type -> Upcaster.of(
                        "changing.Item", type, fields -> make(type, fields.get("name"), fields.get("count"), "old")));

        assertThat(found.value()).hasToString("Optional[Item[name=a, count=3, note=old]]");
    }

    @Test
    void anUpcasterKnowsTheNewNameOfAClass() throws Exception {
        store(OLD);

        ClassLoader loader = compile("Product", "public record Product(String title) {}");
        Class<?> product = loader.loadClass("changing.Product");
        try (Cacheness cache =
                open(loader, Upcaster.of("changing.Item", raw(product), fields -> make(product, fields.get("name"))))) {
            assertThat(cache.lookup(key(product)).value()).hasToString("Optional[Product[title=a]]");
        }
    }

    @Test
    void anUpcasterLeavesValuesOfThePresentShapeAlone() throws Exception {
        store(OLD);

        Lookup<?> found = findWith(OLD, type -> Upcaster.of("changing.Item", type, fields -> make(type, "wrong", 0)));

        assertThat(found.value()).hasToString("Optional[Item[name=a, count=3]]");
    }

    @Test
    void whatAnUpcasterThrowsIsAMiss() throws Exception {
        store(OLD);

        Lookup<?> found = findWith(
                "public record Item(int name) {}",
                type -> Upcaster.of("changing.Item", type, fields -> {
                    throw new IllegalStateException("unknown shape");
                }));

        assertThat(found).isEqualTo(new Lookup.Miss<>(MissReason.TYPE_CHANGED));
    }

    @Test
    void jsonIsUpcastToo() throws Exception {
        store(OLD, PutOption.handler("json"));

        Lookup<?> found = findWith(
                "public record Item(String name, int amount) {}",
                type -> Upcaster.of(
                        "changing.Item", type, fields -> make(type, fields.get("name"), fields.get("count"))));

        assertThat(found.value()).hasToString("Optional[Item[name=a, amount=3]]");
    }

    private static Object make(Class<?> type, Object... components) {
        try {
            var constructor = type.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return constructor.newInstance(components);
        } catch (ReflectiveOperationException ex) {
            throw new IllegalArgumentException(ex);
        }
    }

    @SuppressWarnings("unchecked")
    private static Class<Object> raw(Class<?> type) {
        return (Class<Object>) type;
    }

    private Lookup<?> findWith(String source, Function<Class<Object>, Upcaster<?>> upcaster) throws Exception {
        ClassLoader loader = compile("Item", source);
        Class<Object> type = raw(loader.loadClass("changing.Item"));
        try (Cacheness cache = open(loader, upcaster.apply(type))) {
            return cache.lookup(key(type));
        }
    }

    private void store(String source, PutOption... options) throws Exception {
        ClassLoader loader = compile("Item", source);
        Class<?> type = loader.loadClass("changing.Item");
        var constructor = type.getDeclaredConstructor(String.class, int.class);
        constructor.setAccessible(true);
        try (Cacheness cache = open(loader)) {
            put(cache, type, constructor.newInstance("a", 3), options);
        }
    }

    private <T> void put(Cacheness cache, Class<T> type, Object value, PutOption... options) {
        cache.put(key(type), type.cast(value), options);
    }

    private Lookup<?> find(String source) throws Exception {
        ClassLoader loader = compile("Item", source);
        try (Cacheness cache = open(loader)) {
            return cache.lookup(key(loader.loadClass("changing.Item")));
        }
    }

    private static <T> CacheKey<T> key(Class<T> type) {
        return CacheKey.of("item", 1).as(type);
    }

    private Cacheness open(ClassLoader loader, Upcaster<?>... upcasters) {
        CachenessBuilder builder = CachenessBuilder.at(directory.resolve("cache"))
                .classLoader(loader)
                .trustedPackages(List.of("changing"));
        List.of(upcasters).forEach(builder::upcaster);
        return builder.build();
    }

    private ClassLoader compile(String name, String source) throws Exception {
        Path target = Files.createTempDirectory(directory, "classes");
        Path item = Files.writeString(target.resolve(name + ".java"), "package changing; " + source);
        int result =
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", target.toString(), item.toString());
        assertThat(result).isZero();
        return new URLClassLoader(new URL[] {target.toUri().toURL()}, getClass().getClassLoader());
    }
}
