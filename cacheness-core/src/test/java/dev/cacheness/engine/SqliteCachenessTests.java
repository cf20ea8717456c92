package dev.cacheness.engine;

import static dev.cacheness.PutOption.ttl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.Cacheness;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The cache on SQLite and files, with what only a cache on a disk can do. */
class SqliteCachenessTests extends CachenessContract {

    private static final byte[] LARGE = noise(2_500_000);

    @Override
    CachenessBuilder builder(Path directory) {
        return CachenessBuilder.at(directory);
    }

    @Test
    void everythingIsThereAfterReopening() {
        cache.put(new ModelKey("m", 1), "small", ttl(HOUR));
        cache.put(new ImageKey("large"), LARGE);
        cache.close();

        Cacheness again = open(builder(directory.resolve("cache")));

        assertThat(again.get(new ModelKey("m", 1))).contains("small");
        assertThat(again.get(new ImageKey("large")))
                .hasValueSatisfying(value -> assertThat(value).isEqualTo(LARGE));
        clock.advance(HOUR);
        assertThat(again.get(new ModelKey("m", 1))).isEmpty();
    }

    @Test
    void directoryCanBeMoved() throws IOException {
        cache.put(new ModelKey("m", 1), "small");
        cache.put(new ImageKey("large"), LARGE);
        cache.close();
        Path moved = directory.resolve("elsewhere");
        Files.move(directory.resolve("cache"), moved);

        Cacheness again = open(builder(moved));

        assertThat(again.get(new ModelKey("m", 1))).contains("small");
        assertThat(again.get(new ImageKey("large"))).isPresent();
    }

    @Test
    void readsAreWrittenDownAtClose() {
        cache.put(new ModelKey("m", 1), "a");
        clock.advance(HOUR);
        cache.get(new ModelKey("m", 1));
        cache.get(new ModelKey("m", 1));
        cache.close();

        Cacheness again = open(builder(directory.resolve("cache")));

        assertThat(again.metadata(new ModelKey("m", 1)).orElseThrow().hits()).isEqualTo(2);
        assertThat(again.metadata(new ModelKey("m", 1)).orElseThrow().accessedAt())
                .isEqualTo(clock.instant());
    }

    @Test
    void expiredEntriesAreCleanedUpAtTheStartIfAskedFor() {
        cache.put(new ModelKey("m", 1), "a", ttl(HOUR));
        cache.close();
        clock.advance(HOUR);

        Cacheness again = open(builder(directory.resolve("cache")).cleanUpOnInit(true));

        await().untilAsserted(() -> assertThat(again.stats().entries()).isZero());
    }

    @Test
    void damagedBlobIsAMissAndTheRestIsUnharmed() throws IOException {
        for (String damage : List.of("flip", "cut", "extend", "delete")) {
            cache.put(new ImageKey(damage), LARGE);
        }
        cache.put(new ImageKey("good"), LARGE);
        for (String damage : List.of("flip", "cut", "extend", "delete")) {
            damage(damage, blobOf(damage));

            assertThat(cache.lookup(new ImageKey(damage))).as(damage).isEqualTo(new Lookup.Miss<>(MissReason.CORRUPT));
            assertThat(cache.exists(new ImageKey(damage)))
                    .as("%s is removed", damage)
                    .isFalse();
        }

        assertThat(cache.get(new ImageKey("good"))).isPresent();
        assertThat(blobs()).hasSize(1);
    }

    @Test
    void swappedBlobsAreMisses() throws IOException {
        cache.put(new ImageKey("a"), LARGE);
        Path a = blobs().get(0);
        byte[] other = noise(LARGE.length);
        other[7] ^= 1;
        cache.put(new ImageKey("b"), other);
        Path b = blobs().stream().filter(path -> !path.equals(a)).findFirst().orElseThrow();
        Path aside = directory.resolve("aside");
        Files.move(a, aside);
        Files.move(b, a);
        Files.move(aside, b);

        assertThat(cache.lookup(new ImageKey("a"))).isEqualTo(new Lookup.Miss<>(MissReason.CORRUPT));
        assertThat(cache.lookup(new ImageKey("b"))).isEqualTo(new Lookup.Miss<>(MissReason.CORRUPT));
    }

    @Test
    void removedEntriesLeaveNoBlobs() throws IOException {
        cache.put(new ImageKey("replaced"), LARGE);
        cache.put(new ImageKey("replaced"), LARGE);
        assertThat(blobs()).hasSize(1);
        cache.put(new ImageKey("replaced"), new byte[1]);
        assertThat(blobs()).isEmpty();

        cache.put(new ImageKey("invalidated"), LARGE);
        cache.put(new ImageKey("expired"), LARGE, ttl(HOUR));
        cache.put(new ImageKey("expired and read"), LARGE, ttl(HOUR));
        cache.invalidate(new ImageKey("invalidated"));
        clock.advance(HOUR);
        cache.get(new ImageKey("expired and read"));
        cache.cleanUpExpired();
        assertThat(blobs()).isEmpty();

        cache.put(new ImageKey("cleared"), LARGE);
        cache.clear();
        assertThat(blobs()).isEmpty();
    }

    @Test
    void entryThatIsTooLargeLeavesNoBlob() throws IOException {
        Cacheness small = open(builder(directory.resolve("small")).maxSize(1_500_000));

        small.getOrCompute(new ImageKey("a"), key -> LARGE);

        assertThat(files(directory.resolve("small/blobs"))).isEmpty();
    }

    @Test
    void filesOfOthersAreNeverTouched() throws IOException {
        Path mine = directory.resolve("cache/report.parquet");
        Path inside = directory.resolve("cache/blobs/ab/notes.txt");
        Files.createDirectories(inside.getParent());
        Files.writeString(mine, "mine");
        Files.writeString(inside, "mine, too");
        cache.put(new ImageKey("large"), LARGE);

        cache.clear();
        cache.close();
        open(builder(directory.resolve("cache"))).close();

        assertThat(mine).hasContent("mine");
        assertThat(inside).hasContent("mine, too");
    }

    @Test
    void orphansOfDeadOwnersAreSweptAndOthersStay() throws IOException {
        cache.put(new ImageKey("kept"), LARGE);
        Path kept = blobs().get(0);
        Path orphan = kept.resolveSibling("0123456789abcdef-" + "0".repeat(32));
        Files.writeString(orphan, "left behind");

        Cacheness second = open(builder(directory.resolve("cache")));

        await().untilAsserted(() -> assertThat(orphan).doesNotExist());
        assertThat(second.get(new ImageKey("kept"))).isPresent();
        assertThat(cache.get(new ImageKey("kept"))).isPresent();
    }

    @Test
    void onlyTheOwnerMayReadAndWrite() throws IOException {
        cache.put(new ModelKey("m", 1), "a");
        cache.put(new ImageKey("large"), LARGE);

        try (Stream<Path> paths = Files.walk(directory.resolve("cache"))) {
            for (Path path : paths.toList()) {
                assertThat(Files.getPosixFilePermissions(path))
                        .as("permissions of %s", path)
                        .isSubsetOf(
                                PosixFilePermission.OWNER_READ,
                                PosixFilePermission.OWNER_WRITE,
                                PosixFilePermission.OWNER_EXECUTE);
            }
        }
    }

    @Test
    void twoCachesOnOneDirectoryShareIt() {
        Cacheness other = open(builder(directory.resolve("cache")));

        cache.put(new ModelKey("m", 1), "a");
        assertThat(other.get(new ModelKey("m", 1))).contains("a");
        other.put(new ModelKey("m", 1), "b");
        assertThat(cache.get(new ModelKey("m", 1))).contains("b");
        other.invalidate(new ModelKey("m", 1));
        assertThat(cache.get(new ModelKey("m", 1))).isEmpty();
    }

    @Test
    void loadOfOneCacheIsNotStoredIfTheOtherInvalidatesMeanwhile() {
        Cacheness other = open(builder(directory.resolve("cache")));

        String value = cache.getOrCompute(new ModelKey("m", 1), key -> {
            other.invalidate(key);
            return "stale";
        });

        assertThat(value).isEqualTo("stale");
        assertThat(cache.get(new ModelKey("m", 1))).isEmpty();
    }

    @Test
    void unusableDirectoriesAreRefusedAndLeftAlone() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "text");
        assertRefused(file, "It is a file");
        assertThat(file).hasContent("text");

        Path newer = Files.createDirectory(directory.resolve("newer"));
        Files.writeString(newer.resolve("LAYOUT"), "cacheness 99\n");
        assertRefused(newer, "layout 99");
        assertThat(files(newer)).containsExactly(newer.resolve("LAYOUT"));

        Path damaged = Files.createDirectory(directory.resolve("damaged"));
        Files.writeString(damaged.resolve("LAYOUT"), "???");
        assertRefused(damaged, "damaged");

        Path foreign =
                Files.createDirectories(directory.resolve("foreign/blobs")).getParent();
        assertRefused(foreign, "[blobs]");
        assertThat(foreign.resolve("LAYOUT")).doesNotExist();

        assertRefused(Path.of("/proc/cacheness"), "cannot be written");
    }

    @Test
    void directoryWithFilesOfOthersIsUsed() throws IOException {
        Path shared = Files.createDirectory(directory.resolve("shared"));
        Files.writeString(shared.resolve("other.txt"), "mine");

        Cacheness cacheness = open(builder(shared));
        cacheness.put(new ModelKey("m", 1), "a");

        assertThat(cacheness.get(new ModelKey("m", 1))).contains("a");
        assertThat(shared.resolve("other.txt")).hasContent("mine");
    }

    @Test
    void uncompressedBlobIsExactlyWhatWasPut() throws IOException {
        Cacheness plain = open(builder(directory.resolve("plain")).codec("none"));

        plain.put(new ImageKey("large"), LARGE);

        assertThat(Files.readAllBytes(files(directory.resolve("plain/blobs")).get(0)))
                .isEqualTo(LARGE);
    }

    private void assertRefused(Path path, String problem) {
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> builder(path).build())
                .withMessageContaining(problem)
                .satisfies(ex -> assertThat(ex.property()).isEqualTo("cacheness.storage.dir"));
    }

    private void damage(String kind, Path blob) throws IOException {
        switch (kind) {
            case "delete" -> Files.delete(blob);
            case "cut" -> {
                try (FileChannel channel = FileChannel.open(blob, StandardOpenOption.WRITE)) {
                    channel.truncate(channel.size() - 1);
                }
            }
            case "extend" -> Files.write(blob, new byte[1], StandardOpenOption.APPEND);
            default -> {
                try (FileChannel channel = FileChannel.open(blob, StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.wrap(new byte[] {(byte) ~LARGE[2_000_000]}), 2_000_000);
                }
            }
        }
    }

    /** The blob that goes when the entry goes. */
    private Path blobOf(String name) throws IOException {
        List<Path> before = blobs();
        byte[] value = cache.get(new ImageKey(name)).orElseThrow();
        cache.put(new ImageKey(name), value);
        return blobs().stream()
                .filter(path -> !before.contains(path))
                .findFirst()
                .orElseThrow();
    }

    private List<Path> blobs() throws IOException {
        return files(directory.resolve("cache/blobs"));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
