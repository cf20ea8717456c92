package dev.cacheness.internal.handler.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.ValueSource;
import dev.cacheness.contract.HandlerContract;
import dev.cacheness.spi.Handler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHandlerTests {

    @TempDir
    Path directory;

    private Path file(byte[] content) {
        try {
            return Files.write(Files.createTempFile(directory, "file", ".bin"), content);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(5_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    @Nested
    class OfPaths extends HandlerContract {

        private final FileHandler handler = FileHandler.ofFiles();

        @AfterEach
        void close() {
            handler.close();
        }

        @Override
        protected Handler<?> handler() {
            return handler;
        }

        @Override
        protected List<?> samples() {
            return List.of(file(new byte[0]), file(new byte[] {1, 2, 3}), file(new byte[300_000]));
        }

        @Override
        protected Object random(Random random) {
            return file(noise(random));
        }

        @Override
        protected Type typeOf(Object value) {
            return Path.class;
        }

        @Override
        protected void assertSame(Object actual, Object expected) {
            Path copy = (Path) actual;
            assertThat(copy).isNotEqualTo(expected).hasSameBinaryContentAs((Path) expected);
            try {
                Files.delete(copy);
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }

        @Test
        void copiesAreTheReadersOwnUntilTheHandlerIsClosed() throws Exception {
            byte[] bytes = write(file(new byte[] {1, 2, 3}));
            Path left = (Path) read(bytes, Path.class);
            Path moved = (Path) read(bytes, Path.class);
            Path kept = Files.move(moved, directory.resolve("kept"));

            handler.close();

            assertThat(left).doesNotExist();
            assertThat(left.getParent()).doesNotExist();
            assertThat(kept).hasBinaryContent(new byte[] {1, 2, 3});
        }

        @Test
        void aFailedCopyLeavesNothing() throws Exception {
            Path whole = (Path) read(write(file(new byte[10])), Path.class);
            InputStream broken = new SequenceInputStream(new ByteArrayInputStream(new byte[1_000]), new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("a block is damaged");
                }
            });

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> handler.read(broken, Path.class))
                    .withMessage("a block is damaged");
            assertThat(whole.getParent()).isDirectoryContaining(path -> path.equals(whole));
            assertThat(Files.list(whole.getParent())).containsExactly(whole);
        }

        @Test
        void aDirectoryThatWasTidiedAwayIsMadeAgain() throws Exception {
            byte[] bytes = write(file(new byte[] {1}));
            Path first = (Path) read(bytes, Path.class);
            Files.delete(first);
            Files.delete(first.getParent());

            assertThat((Path) read(bytes, Path.class)).hasBinaryContent(new byte[] {1});
        }

        @Test
        void aFileIsReadAsAStreamOnDemand() throws Exception {
            byte[] bytes = write(file(new byte[] {1, 2}));

            InputStream stream = (InputStream) read(bytes, InputStream.class);
            ValueSource source = (ValueSource) read(bytes, ValueSource.class);

            assertThat(stream.readAllBytes()).containsExactly(1, 2);
            assertThat(source.openStream().readAllBytes()).containsExactly(1, 2);
            assertThat(handler.keepsStream(stream)).isTrue();
            assertThat(handler.keepsStream(source)).isTrue();
            assertThat(handler.keepsStream(directory)).isFalse();
        }

        @Test
        void whatIsNoFileIsRefusedByName() {
            for (Path path : List.of(directory, directory.resolve("absent"))) {
                assertThatExceptionOfType(CacheSerializationException.class)
                        .isThrownBy(() -> write(path))
                        .withMessageContaining("'" + path + "'");
            }
        }
    }

    @Nested
    class OfSources extends HandlerContract {

        private final FileHandler handler = FileHandler.ofStreams();

        @Override
        protected Handler<?> handler() {
            return handler;
        }

        @Override
        protected List<?> samples() {
            return List.of(source(new byte[0]), source(new byte[] {1, 2, 3}), source(new byte[300_000]));
        }

        private static ValueSource source(byte[] bytes) {
            return () -> new ByteArrayInputStream(bytes);
        }

        @Override
        protected Object random(Random random) {
            return source(noise(random));
        }

        @Override
        protected Type typeOf(Object value) {
            return ValueSource.class;
        }

        @Override
        protected void assertSame(Object actual, Object expected) {
            try {
                assertThat(((ValueSource) actual).openStream()).hasSameContentAs(((ValueSource) expected).openStream());
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }

        @Test
        void theStreamOfAStoredSourceIsGivenOnce() throws Exception {
            ValueSource stored = (ValueSource) read(new byte[] {1}, ValueSource.class);
            stored.openStream();

            assertThatIllegalStateException().isThrownBy(stored::openStream).withMessageContaining("get the value");
        }

        @Test
        void theSourceIsClosed() throws Exception {
            boolean[] closed = new boolean[1];
            ValueSource source = () -> new ByteArrayInputStream(new byte[5]) {
                @Override
                public void close() {
                    closed[0] = true;
                }
            };

            write(source);

            assertThat(closed).containsExactly(true);
        }

        @Test
        void aStreamIsReadAsAFileOnDemand() throws Exception {
            assertThat((Path) read(new byte[] {1, 2}, Path.class)).hasBinaryContent(new byte[] {1, 2});
            handler.close();
        }
    }
}
