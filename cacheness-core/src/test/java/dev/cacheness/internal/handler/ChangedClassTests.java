package dev.cacheness.internal.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.MissReason;
import dev.cacheness.spi.Handler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader sees of an object whose class is another one than when it was written. */
class ChangedClassTests {

    private static final String OLD = "public record Item(String name, int count) {}";

    @TempDir
    Path directory;

    @Test
    void aFieldThatWasAddedHasItsDefault() throws Exception {
        byte[] bytes = write(OLD, "new Item(\"a\", 3)");

        assertThat(read("public record Item(String name, int count, String note, double price) {}", bytes))
                .hasToString("Item[name=a, count=3, note=null, price=0.0]");
    }

    @Test
    void aFieldThatWasRemovedIsPassedOver() throws Exception {
        byte[] bytes = write(OLD, "new Item(\"a\", 3)");

        assertThat(read("public record Item(int count) {}", bytes)).hasToString("Item[count=3]");
    }

    @Test
    void fieldsMayChangePlaces() throws Exception {
        byte[] bytes = write(OLD, "new Item(\"a\", 3)");

        assertThat(read("public record Item(int count, String name) {}", bytes)).hasToString("Item[count=3, name=a]");
    }

    @Test
    void constantsMayChangePlaces() throws Exception {
        byte[] bytes = write("public enum Item { A, B }", "Item.A");

        assertThat(read("public enum Item { NEW, B, A }", bytes)).hasToString("A");
    }

    @Test
    void aConstantThatIsGoneIsNoOtherConstant() throws Exception {
        byte[] bytes = write("public enum Item { A, B }", "Item.A");
        Handler<?> reader =
                ObjectHandlerTests.handlerTrusting(compile("public enum Item { B, C }", "null"), "changing");

        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> reader.read(new ByteArrayInputStream(bytes), Object.class));
    }

    @Test
    void aClassThatIsGoneIsAChangedType() throws Exception {
        byte[] bytes = write(OLD, "new Item(\"a\", 3)");
        Handler<?> reader = ObjectHandlerTests.handlerTrusting(getClass().getClassLoader(), "changing");

        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> reader.read(new ByteArrayInputStream(bytes), Object.class))
                .satisfies(ex -> assertThat(ex.missReason()).isEqualTo(MissReason.TYPE_CHANGED));
    }

    @Test
    void aClassThatIsGoneAndWasNeverTrustedIsRefused() throws Exception {
        byte[] bytes = write(OLD, "new Item(\"a\", 3)");
        Handler<?> reader = ObjectHandlerTests.handlerTrusting(getClass().getClassLoader(), "another");

        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> reader.read(new ByteArrayInputStream(bytes), Object.class))
                .satisfies(ex -> assertThat(ex.missReason()).isEqualTo(MissReason.REFUSED));
    }

    private byte[] write(String source, String expression) throws Exception {
        ClassLoader loader = compile(source, expression);
        Object value = loader.loadClass("changing.Maker").getMethod("make").invoke(null);
        @SuppressWarnings("unchecked")
        Handler<Object> writer = (Handler<Object>) ObjectHandlerTests.handlerTrusting(loader, "changing");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(value, out);
        return out.toByteArray();
    }

    private Object read(String source, byte[] bytes) throws Exception {
        Handler<?> reader = ObjectHandlerTests.handlerTrusting(compile(source, "null"), "changing");
        return reader.read(new ByteArrayInputStream(bytes), Object.class);
    }

    /** A class loader that sees the source, and a class beside it that makes a value. */
    private ClassLoader compile(String source, String expression) throws Exception {
        Path target = Files.createTempDirectory(directory, "classes");
        Path item = Files.writeString(target.resolve("Item.java"), "package changing; " + source);
        Path maker = Files.writeString(
                target.resolve("Maker.java"),
                "package changing; public class Maker { public static Object make() { return " + expression + "; } }");
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", target.toString(), item.toString(), maker.toString());
        assertThat(result).isZero();
        return new URLClassLoader(new URL[] {target.toUri().toURL()}, getClass().getClassLoader());
    }
}
