package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheSerializationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HashingTests {

    record Point(int x, Object y) {}

    @Test
    void hashesStayWhatTheyAre() {
        assertThat(Hashing.content(null)).isEqualTo("1e4da49f6aaf4e5cd175fe08a32bb5cb4863d963921255f33d3bc31e1343907f");
        assertThat(Hashing.content("text"))
                .isEqualTo("4d59bdb5314e612ba9462820db82d1dfd8daa817cb1ed9456a0819a16ecb62ce");
        assertThat(Hashing.content(List.of(1, 2.5, true)))
                .isEqualTo("1ae4fbd69b5af865b8c6116a73595699b83f104b9f651a783935bc82c422f7ec");
    }

    @Test
    void hashOfATreeStaysWhatItIs(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("a"), "abc");
        Files.createDirectories(directory.resolve("folder/empty"));
        Files.createFile(directory.resolve("folder/nothing"));
        Files.writeString(directory.resolve("b c"), "x");

        assertThat(Hashing.path(directory.resolve("a")))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Hashing.path(directory.resolve("folder/empty")))
                .isEqualTo("47dc540c94ceb704a23875c11273e16bb0b8a87aed84de911f2133568115f254");
        assertThat(Hashing.path(directory))
                .isEqualTo("cb00725ec67f3e7cafb40166511416e92fce9c94919ea9bd78e31ee0895decbb");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a privilege there")
    void hashOfATreeWithALinkStaysWhatItIs(@TempDir Path directory) throws IOException {
        Files.createSymbolicLink(directory.resolve("link"), Path.of("../elsewhere"));

        assertThat(Hashing.path(directory))
                .isEqualTo("0c895e074b2e1b0ac0d12e0e264a618f3b1094bfabb2fc07df768bf1941d2456");
    }

    @Test
    void equalValuesHaveEqualHashes() {
        assertThat(Hashing.content(Map.of("a", 1, "b", List.of(2))))
                .hasSize(64)
                .isEqualTo(Hashing.content(new TreeMap<>(Map.of("b", List.of(2L), "a", 1L))))
                .isNotEqualTo(Hashing.content(Map.of("a", "1", "b", List.of(2))));
    }

    @Test
    void contentMayBeLong() {
        assertThat(Hashing.content("x".repeat(1_000_000))).isNotEqualTo(Hashing.content("x".repeat(1_000_001)));
        assertThat(Hashing.content(Collections.nCopies(100_000, "text"))).hasSize(64);
    }

    @Test
    void whatCannotBeHashedIsNamed() {
        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> Hashing.content(List.of(new Point(1, Thread.currentThread()))))
                .withMessageContaining("Part '[0].y' of the value")
                .withMessageContaining("Thread");
        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> Hashing.content(Thread.currentThread()))
                .withMessageStartingWith("The value is a java.lang.Thread");
    }
}
