package dev.cacheness.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cacheness.CacheKey;
import dev.cacheness.CacheSerializationException;
import dev.cacheness.engine.Hashing;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PathHasherTests {

    private final KeyDigester byContent = new KeyDigester(new KeySettings(10, false, true));
    private final KeyDigester byName = new KeyDigester(new KeySettings(10, false, false));

    @TempDir
    Path directory;

    private Path write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    @Test
    void fileCountsByItsContent() throws IOException {
        Path one = write("one", "content");
        Path two = write("sub/two", "content");

        assertThat(Hashing.path(one))
                .isEqualTo("ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73")
                .isEqualTo(Hashing.path(two))
                .isNotEqualTo(Hashing.path(write("three", "Content")));
        assertThat(Hashing.path(write("empty", "")))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void largeFileIsReadWhole() throws Exception {
        long seed = 5;
        var random = new Random(seed);
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        Path file = directory.resolve("large");
        byte[] piece = new byte[100_003];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < 100; i++) {
                random.nextBytes(piece);
                hash.update(piece);
                out.write(piece);
            }
        }

        assertThat(Hashing.path(file)).isEqualTo(HexFormat.of().formatHex(hash.digest()));
    }

    @Test
    void treeCountsByNamesAndContents() throws IOException {
        String hash = tree("a");

        assertThat(tree("b")).isEqualTo(hash);
        Files.setLastModifiedTime(directory.resolve("b/x"), FileTime.fromMillis(0));
        assertThat(Hashing.path(directory.resolve("b"))).as("times").isEqualTo(hash);
        write("b/sub/y", "other");
        assertThat(Hashing.path(directory.resolve("b"))).as("a content").isNotEqualTo(hash);
    }

    @Test
    void everyDifferenceBetweenTreesCounts() throws IOException {
        var hashes = new HashSet<String>();
        hashes.add(tree("a"));

        write("a/sub/z", "");
        hashes.add(Hashing.path(directory.resolve("a")));
        Files.move(directory.resolve("a/sub/z"), directory.resolve("a/z"));
        hashes.add(Hashing.path(directory.resolve("a")));
        Files.delete(directory.resolve("a/z"));
        Files.createDirectory(directory.resolve("a/z"));
        hashes.add(Hashing.path(directory.resolve("a")));
        Files.delete(directory.resolve("a/z"));
        Files.move(directory.resolve("a/x"), directory.resolve("a/w"));
        hashes.add(Hashing.path(directory.resolve("a")));

        assertThat(hashes).hasSize(5);
    }

    private String tree(String name) throws IOException {
        write(name + "/x", "1");
        write(name + "/sub/y", "2");
        Files.createDirectories(directory.resolve(name + "/empty"));
        return Hashing.path(directory.resolve(name));
    }

    @Test
    void namesAndContentsCannotImitateEachOther() throws IOException {
        write("a/x", "1");
        write("a/y", "2");
        write("b/x", "2");
        write("b/y", "1");
        write("c/xy", "12");

        assertThat(Set.of(
                        Hashing.path(directory.resolve("a")),
                        Hashing.path(directory.resolve("b")),
                        Hashing.path(directory.resolve("c"))))
                .hasSize(3);
    }

    @Test
    void largeTreeCountsByAllItsFiles() throws IOException {
        for (int i = 0; i < 200; i++) {
            write("large/d" + i % 7 + "/f" + i, "content " + i);
        }
        String hash = Hashing.path(directory.resolve("large"));

        assertThat(Hashing.path(directory.resolve("large"))).isEqualTo(hash);
        write("large/d3/f1500", "content 150");
        assertThat(Hashing.path(directory.resolve("large"))).as("another file").isNotEqualTo(hash);
        Files.delete(directory.resolve("large/d3/f1500"));
        assertThat(Hashing.path(directory.resolve("large"))).isEqualTo(hash);
        write("large/d" + 199 % 7 + "/f199", "content 198");
        assertThat(Hashing.path(directory.resolve("large"))).as("the last file").isNotEqualTo(hash);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a privilege there")
    void linksInATreeCountByTheirTargetAndAreNotFollowed() throws IOException {
        String without = tree("a");
        Path link = directory.resolve("a/link");
        Files.createSymbolicLink(link, Path.of("loop/../nowhere"));
        String nowhere = Hashing.path(directory.resolve("a"));
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("."));
        String loop = Hashing.path(directory.resolve("a"));

        assertThat(Set.of(without, nowhere, loop)).hasSize(3);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a privilege there")
    void pathItselfIsFollowed() throws IOException {
        String hash = tree("a");
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("a"));
        Path broken = Files.createSymbolicLink(directory.resolve("broken"), directory.resolve("nowhere"));

        assertThat(Hashing.path(link)).isEqualTo(hash);
        assertRefused(broken, "does not exist");
    }

    @Test
    void missingPathIsNamed() {
        assertRefused(directory.resolve("missing"), "does not exist");
        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> byContent.digest(CacheKey.of("input", directory.resolve("missing"))))
                .withMessageContaining("Parameter 'input'")
                .withMessageContaining("missing")
                .withMessageContaining("cacheness.keys.hash-path-content=false");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no pipes among its files")
    void specialFileIsRefusedAndNotOpened() throws Exception {
        Path pipe = directory.resolve("pipes/pipe");
        Files.createDirectory(pipe.getParent());
        Process process = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assumeThat(process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0)
                .as("mkfifo")
                .isTrue();

        assertRefused(pipe, "neither a file nor a directory");
        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> Hashing.path(pipe.getParent()))
                .withMessageContaining(pipe.toString());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has other permissions")
    void unreadableFileIsNamed() throws IOException {
        Path file = write("tree/locked", "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(file)).as("an administrator reads all").isFalse();

        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> Hashing.path(file.getParent()))
                .withMessageContaining(file.toString());
    }

    private static void assertRefused(Path path, String problem) {
        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> Hashing.path(path))
                .withMessageContaining(path.toString())
                .withMessageContaining(problem);
    }

    @Test
    void pathInAKeyCountsByContentOrByName() throws IOException {
        CacheKey<Object> one = CacheKey.of("input", write("one", "content"));
        CacheKey<Object> two = CacheKey.of("input", write("two", "content"));

        assertThat(byContent.digest(one)).isEqualTo(byContent.digest(two));
        assertThat(byName.digest(one)).isNotEqualTo(byName.digest(two));
        assertThat(byName.digest(one))
                .isEqualTo(byName.digest(
                        CacheKey.of("input", new File(directory.resolve("one").toString()))));
        write("one", "other");
        assertThat(byContent.digest(one)).isNotEqualTo(byContent.digest(two));
    }

    @Test
    void namesOfPathsDoNotRunIntoEachOther() {
        assertThat(Set.of(
                        byName.digest(CacheKey.of("p", Path.of("a", "b"))),
                        byName.digest(CacheKey.of("p", Path.of("ab"))),
                        byName.digest(CacheKey.of("p", Path.of("a", "b").toAbsolutePath())),
                        byName.digest(CacheKey.of("p", Path.of(""))),
                        byName.digest(CacheKey.of("p", Path.of("a/b").toString()))))
                .hasSize(5);
    }

    @Test
    void pathOfAnotherFileSystemCountsByContentOnly() throws IOException {
        Path file = write("one", "content");
        try (FileSystem zip = FileSystems.newFileSystem(directory.resolve("a.zip"), Map.of("create", "true"))) {
            Path zipped = zip.getPath("/one");
            Files.copy(file, zipped);

            assertThat(byContent.digest(CacheKey.of("p", zipped))).isEqualTo(byContent.digest(CacheKey.of("p", file)));
            assertThatExceptionOfType(CacheSerializationException.class)
                    .isThrownBy(() -> byName.digest(CacheKey.of("p", zipped)))
                    .withMessageContaining("file system");
        }
    }

    @Test
    void fileCannotImitateADirectory() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("dir"));
        Path file = Files.write(directory.resolve("file"), new byte[] {Tag.VERSION, Tag.END});

        assertThat(Hashing.path(empty)).isEqualTo(Hashing.path(file));
        assertThat(byContent.digest(CacheKey.of("p", empty))).isNotEqualTo(byContent.digest(CacheKey.of("p", file)));
    }
}
