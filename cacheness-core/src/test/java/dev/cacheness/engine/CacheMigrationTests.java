package dev.cacheness.engine;

import static dev.cacheness.PutOption.customMetadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.CustomMetadata;
import dev.cacheness.EntryMetadata;
import dev.cacheness.EntryQuery;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.PutOption;
import dev.cacheness.TransferReport;
import dev.cacheness.storage.BlobMetadata;
import dev.cacheness.storage.BlobQuery;
import dev.cacheness.storage.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheMigrationTests {

    @CustomMetadata("migrated")
    record Run(String author, int epochs) {}

    @TempDir
    Path directory;

    private final MutableInstantSource clock = new MutableInstantSource(Instant.parse("2026-01-01T00:00:00Z"));

    private CachenessBuilder at(String name) {
        return CachenessBuilder.at(directory.resolve(name)).clock(clock);
    }

    @Test
    void entriesOfSqliteAndFilesGoIntoMemory() {
        try (Cacheness source = at("source").build();
                Cacheness target = CachenessBuilder.inMemory().clock(clock).build()) {
            TransferFixture.fill(source);

            TransferReport report = CacheMigration.from(source).to(target).run();

            assertThat(report.copied()).isEqualTo(TransferFixture.ENTRIES + 1);
            assertThat(report.entries()).isEqualTo(report.copied());
            TransferFixture.assertSame(target, source);
        }
    }

    @Test
    void entriesOfAJournalGoIntoSqliteWithAnotherCodec() throws IOException {
        try (Cacheness source =
                at("source").metadataBackend("json").codec("gzip").build()) {
            TransferFixture.fill(source);
        }
        List<CacheMigration.Progress> progress = new ArrayList<>();

        TransferReport report = CacheMigration.from(at("source").metadataBackend("json"))
                .to(at("target").codec("zstd").inlineThreshold(0))
                .onProgress(progress::add)
                .run();

        assertThat(report.copied()).isEqualTo(TransferFixture.ENTRIES + 1);
        assertThat(progress).hasSize(TransferFixture.ENTRIES + 1);
        CacheMigration.Progress last = progress.get(progress.size() - 1);
        assertThat(last.done()).isEqualTo(last.total());
        assertThat(last.bytes()).isEqualTo(report.bytes());
        try (Cacheness source = at("source").metadataBackend("json").build();
                Cacheness target = at("target").build()) {
            TransferFixture.assertSame(target, source);
            assertThat(target.entries(EntryQuery.all()))
                    .extracting(EntryMetadata::codec)
                    .contains("zstd")
                    .doesNotContain("gzip");
        }
    }

    @Test
    void customMetadataAndHitsAreKept() {
        CacheKey<String> key = CacheKey.of("model", 1).as(String.class);
        try (Cacheness source = at("source").build()) {
            source.put(key, "weights", customMetadata(new Run("ada", 40)));
            for (int i = 0; i < 5; i++) {
                source.get(key);
            }
        }

        CacheMigration.from(at("source")).to(at("target")).run();

        try (Cacheness target = at("target").build()) {
            assertThat(target.query(Run.class).equalTo("author", "ada").list())
                    .extracting(match -> match.record())
                    .containsExactly(new Run("ada", 40));
            assertThat(target.metadata(key).orElseThrow().hits()).isEqualTo(5);
        }
    }

    @Test
    void runThatWasInterruptedIsResumed() {
        try (Cacheness source = at("source").build()) {
            TransferFixture.fill(source);
        }
        CacheMigration interrupted = CacheMigration.from(at("source"))
                .to(at("target"))
                .onProgress(progress -> {
                    if (progress.done() == 15) {
                        throw new CancellationException("enough");
                    }
                });

        assertThatExceptionOfType(CancellationException.class).isThrownBy(interrupted::run);
        TransferReport rest = CacheMigration.from(at("source")).to(at("target")).run();
        TransferReport nothing =
                CacheMigration.from(at("source")).to(at("target")).run();

        assertThat(rest.present()).isEqualTo(15);
        assertThat(rest.copied()).isEqualTo(TransferFixture.ENTRIES + 1 - 15);
        assertThat(nothing.copied()).isZero();
        try (Cacheness source = at("source").build();
                Cacheness target = at("target").build()) {
            TransferFixture.assertSame(target, source);
        }
    }

    @Test
    void sourceMayBeUsedMeanwhileAndLaterPutsAreCopiedByTheNextRun() {
        try (Cacheness source = at("source").build();
                Cacheness target = at("target").build()) {
            TransferFixture.fill(source);

            CacheMigration.from(source)
                    .to(target)
                    .onProgress(progress -> {
                        int n = (int) progress.done() % TransferFixture.ENTRIES;
                        assertThat(source.get(TransferFixture.key(n))).isPresent();
                        source.put(CacheKey.of("late", n), "late");
                    })
                    .run();
            clock.advance(Duration.ofSeconds(1));
            source.put(CacheKey.of("text", 1), "größer 漢字");
            TransferReport second = CacheMigration.from(source).to(target).run();

            assertThat(second.copied()).isPositive();
            assertThat(target.count(EntryQuery.all())).isEqualTo(source.count(EntryQuery.all()));
            assertThat(target.metadata(CacheKey.of("text", 1)).orElseThrow().createdAt())
                    .isEqualTo(clock.instant());
        }
    }

    @Test
    void laterEntryOfTheTargetStays() {
        try (Cacheness source = at("source").build();
                Cacheness target = at("target").build()) {
            source.put(CacheKey.of("k", 1), "old");
            clock.advance(Duration.ofSeconds(1));
            target.put(CacheKey.of("k", 1), "new");

            TransferReport report = CacheMigration.from(source).to(target).run();

            assertThat(report.present()).isEqualTo(1);
            assertThat(target.get(CacheKey.of("k", 1))).contains("new");
        }
    }

    @Test
    void expiredEntriesStayBehindAndDamagedOnesAreNamed() throws IOException {
        try (Cacheness source = at("source").build();
                Cacheness target = at("target").build()) {
            source.put(CacheKey.of("short", 1), "x", PutOption.ttl(Duration.ofSeconds(1)));
            String damaged = source.put(CacheKey.of("damaged", 1), TransferFixture.value(4));
            try (Stream<Path> files = Files.walk(directory.resolve("source/blobs"))) {
                Files.write(files.filter(Files::isRegularFile).findFirst().orElseThrow(), new byte[] {1});
            }
            source.put(CacheKey.of("sound", 1), "sound");
            clock.advance(Duration.ofMinutes(1));

            TransferReport report = CacheMigration.from(source).to(target).run();

            assertThat(report.expired()).isEqualTo(1);
            assertThat(report.failed()).isEqualTo(1);
            assertThat(report.failures()).singleElement().asString().startsWith(damaged);
            assertThat(report.copied()).isEqualTo(1);
            assertThat(target.get(CacheKey.of("sound", 1))).contains("sound");
            assertThat(target.count(EntryQuery.all())).isEqualTo(1);
        }
    }

    @Test
    void valueThatIsTooLargeForTheTargetIsNamed() {
        try (Cacheness source = at("source").build();
                Cacheness target = at("target").maxSize(100_000).build()) {
            TransferFixture.fill(source);

            TransferReport report = CacheMigration.from(source).to(target).run();

            assertThat(report.failed()).isEqualTo(TransferFixture.ENTRIES / 5);
            assertThat(target.verify().orphans()).isZero();
        }
    }

    @Test
    void artifactsKeepTheirVersions() {
        try (BlobStore source = BlobStoreBuilder.at(directory.resolve("a"))
                        .clock(clock)
                        .versions(true)
                        .build();
                BlobStore target = BlobStoreBuilder.inMemory().clock(clock).build()) {
            source.put("model", "1", PutOption.attribute("n", 1));
            source.put("model", "2");
            source.put("other", TransferFixture.value(4));

            TransferReport report = CacheMigration.from(source).to(target).run();

            assertThat(report.copied()).isEqualTo(3);
            assertThat(target.versions("model"))
                    .extracting(BlobMetadata::version)
                    .containsExactly(2, 1);
            assertThat(target.get("model", 1, String.class)).contains("1");
            assertThat(target.list(BlobQuery.all())).containsExactlyInAnyOrderElementsOf(source.list(BlobQuery.all()));
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        try (Cacheness cache = at("source").build();
                BlobStore store = BlobStoreBuilder.inMemory().build()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> CacheMigration.from(cache).run());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CacheMigration.from(cache).to(store).run())
                    .withMessageContaining("store of artifacts");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CacheMigration.from(cache).to(cache).run())
                    .withMessageContaining("itself");
        }
    }
}
