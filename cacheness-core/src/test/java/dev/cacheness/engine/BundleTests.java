package dev.cacheness.engine;

import static dev.cacheness.PutOption.customMetadata;
import static dev.cacheness.PutOption.ttl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheKey;
import dev.cacheness.CacheStorageException;
import dev.cacheness.Cacheness;
import dev.cacheness.CustomMetadata;
import dev.cacheness.EntryQuery;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.TransferReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries in a file: what is in it, and that nothing of an altered one is taken. */
class BundleTests {

    @CustomMetadata("exported")
    record Run(String author, double accuracy) {}

    @TempDir
    Path directory;

    private final MutableInstantSource clock = new MutableInstantSource(Instant.parse("2026-01-01T00:00:00Z"));

    private Cacheness source;

    private Cacheness target;

    private Path bundle;

    @BeforeEach
    void open() {
        source = CachenessBuilder.at(directory.resolve("source")).clock(clock).build();
        target = CachenessBuilder.at(directory.resolve("target"))
                .codec("lz4")
                .clock(clock)
                .build();
        bundle = directory.resolve("cache.bundle");
    }

    @AfterEach
    void close() {
        source.close();
        target.close();
    }

    @Test
    void entriesAreTheSameOnTheOtherSide() {
        TransferFixture.fill(source);

        TransferReport written = source.exportTo(EntryQuery.all(), bundle);
        TransferReport read = target.importFrom(bundle);

        assertThat(written.copied()).isEqualTo(TransferFixture.ENTRIES + 1);
        assertThat(read.copied()).isEqualTo(written.copied());
        assertThat(read.bytes()).isEqualTo(written.bytes());
        TransferFixture.assertSame(target, source);
        assertThat(target.importFrom(bundle).present()).isEqualTo(written.copied());
    }

    @Test
    void customMetadataGoesWithItsEntry() {
        source.put(CacheKey.of("k", 1), "v", customMetadata(new Run("ada", 0.95)));

        source.exportTo(EntryQuery.all(), bundle);
        target.importFrom(bundle);

        assertThat(target.query(Run.class).atLeast("accuracy", 0.9).list())
                .extracting(match -> match.record())
                .containsExactly(new Run("ada", 0.95));
    }

    @Test
    void onlyWhatIsAskedForIsExported() {
        TransferFixture.fill(source);

        assertThat(source.exportTo(EntryQuery.all().withTag("t1").page(0, 1), bundle)
                        .copied())
                .isEqualTo(13);
        assertThat(source.exportTo(EntryQuery.all().inNamespace("numbers"), bundle)
                        .copied())
                .isEqualTo(TransferFixture.ENTRIES);
        String digest = source.put(CacheKey.of("one", 1), "one");
        assertThat(source.exportTo(EntryQuery.all().withDigestPrefix(digest), bundle)
                        .copied())
                .isEqualTo(1);
        assertThat(target.importFrom(bundle).copied()).isEqualTo(1);
        assertThat(target.get(CacheKey.of("one", 1))).contains("one");
    }

    @Test
    void expiredEntriesAreNotImportedAndLaterOnesAreNotReplaced() {
        source.put(CacheKey.of("short", 1), "x", ttl(Duration.ofMinutes(1)));
        source.put(CacheKey.of("k", 1), "old");
        source.exportTo(EntryQuery.all(), bundle);
        clock.advance(Duration.ofHours(1));
        target.put(CacheKey.of("k", 1), "new");

        TransferReport report = target.importFrom(bundle);

        assertThat(report.expired()).isEqualTo(1);
        assertThat(report.present()).isEqualTo(1);
        assertThat(target.get(CacheKey.of("k", 1))).contains("new");
        assertThat(target.count(EntryQuery.all())).isEqualTo(1);
    }

    @Test
    void alteredBundleIsRefusedBeforeAnythingIsStored() throws IOException {
        for (int n = 0; n < 4; n++) {
            source.put(TransferFixture.key(n), TransferFixture.value(n));
        }
        source.exportTo(EntryQuery.all(), bundle);
        byte[] sound = Files.readAllBytes(bundle);
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] altered = sound.clone();
            int at = i < 120 ? i : random.nextInt(sound.length);
            altered[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(bundle, altered);

            assertThatExceptionOfType(CacheStorageException.class)
                    .as("byte %s, seed %s", at, seed)
                    .isThrownBy(() -> target.importFrom(bundle))
                    .withMessageContaining("nothing of it was stored");
        }
        assertThat(target.count(EntryQuery.all())).isZero();

        Files.write(bundle, sound);
        assertThat(target.importFrom(bundle).copied()).isEqualTo(4);
    }

    @Test
    void bundleThatIsCutOffOrContinuedOrNoneIsRefused() throws IOException {
        source.put(TransferFixture.key(3), TransferFixture.value(3));
        source.exportTo(EntryQuery.all(), bundle);
        byte[] sound = Files.readAllBytes(bundle);

        for (int length : new int[] {0, 5, 19, 20, 100, sound.length / 2, sound.length - 1, sound.length + 1}) {
            Files.write(bundle, Arrays.copyOf(sound, length));
            assertThatExceptionOfType(CacheStorageException.class)
                    .as("%s bytes", length)
                    .isThrownBy(() -> target.importFrom(bundle));
        }
        Files.delete(bundle);
        assertThatExceptionOfType(CacheStorageException.class)
                .isThrownBy(() -> target.importFrom(bundle))
                .withMessageContaining("cache.bundle");
        assertThat(target.count(EntryQuery.all())).isZero();
    }

    @Test
    void exportThatFailsLeavesTheFormerFile() throws IOException {
        Files.writeString(bundle, "former");
        Path folder = directory.resolve("none");

        assertThatExceptionOfType(CacheStorageException.class)
                .isThrownBy(() -> source.exportTo(EntryQuery.all(), folder.resolve("cache.bundle")))
                .withMessageContaining("cache.bundle");

        assertThat(bundle).hasContent("former");
        source.exportTo(EntryQuery.all(), bundle);
        assertThat(target.importFrom(bundle).entries()).isZero();
    }

    @Test
    void damagedEntryIsLeftOutAndNamed() throws IOException {
        String damaged = source.put(TransferFixture.key(4), TransferFixture.value(4));
        try (Stream<Path> files = Files.walk(directory.resolve("source/blobs"))) {
            Files.write(files.filter(Files::isRegularFile).findFirst().orElseThrow(), new byte[] {1});
        }
        source.put(CacheKey.of("sound", 1), "sound");

        TransferReport report = source.exportTo(EntryQuery.all(), bundle);

        assertThat(report.failures()).singleElement().asString().startsWith(damaged);
        assertThat(target.importFrom(bundle).copied()).isEqualTo(1);
    }
}
