package dev.cacheness.engine;

import static dev.cacheness.GetOption.maxAge;
import static dev.cacheness.PutOption.attribute;
import static dev.cacheness.PutOption.attributes;
import static dev.cacheness.PutOption.description;
import static dev.cacheness.PutOption.noExpiry;
import static dev.cacheness.PutOption.tags;
import static dev.cacheness.PutOption.ttl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.cacheness.CacheCapacityException;
import dev.cacheness.CacheClosedException;
import dev.cacheness.CacheEntry;
import dev.cacheness.CacheKey;
import dev.cacheness.CacheStats;
import dev.cacheness.Cacheness;
import dev.cacheness.EntryMetadata;
import dev.cacheness.EntryQuery;
import dev.cacheness.KeyNamespace;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.MutableInstantSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every cache does, whatever it is made of. */
abstract class CachenessContract {

    @KeyNamespace("models")
    record ModelKey(String model, int version) implements CacheKey<String> {}

    @KeyNamespace("images")
    record ImageKey(String name) implements CacheKey<byte[]> {}

    static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path directory;

    final MutableInstantSource clock = new MutableInstantSource(Instant.parse("2026-01-01T00:00:00Z"));

    private final List<Cacheness> opened = new ArrayList<>();

    Cacheness cache;

    abstract CachenessBuilder builder(Path directory);

    Cacheness open(CachenessBuilder builder) {
        Cacheness result = builder.clock(clock).build();
        opened.add(result);
        return result;
    }

    @BeforeEach
    void open() {
        cache = open(builder(directory.resolve("cache")));
    }

    @AfterEach
    void close() {
        opened.forEach(Cacheness::close);
    }

    @Test
    void valueThatWasPutIsFound() {
        String digest = cache.put(new ModelKey("xgboost", 1), "weights");

        assertThat(digest).matches("[0-9a-f]{32}");
        assertThat(cache.get(new ModelKey("xgboost", 1))).contains("weights");
        assertThat(cache.get(CacheKey.ofDigest(digest))).contains("weights");
    }

    @Test
    void keyWithoutValueIsAbsent() {
        assertThat(cache.get(new ModelKey("xgboost", 1))).isEmpty();
        assertThat(cache.lookup(new ModelKey("xgboost", 1))).isEqualTo(new Lookup.Miss<>(MissReason.ABSENT));
    }

    @Test
    void optionsAreNoPartOfTheKey() {
        cache.put(
                CacheKey.of("experiment", "exp_001"),
                "a",
                attribute("accuracy", 0.95),
                description("first"),
                ttl(HOUR));

        assertThat(cache.get(CacheKey.of("experiment", "exp_001"))).contains("a");
    }

    @Test
    void putReplacesWhatWasThere() {
        cache.put(new ModelKey("m", 1), "old", attribute("stage", "test"));
        clock.advance(HOUR);

        cache.put(new ModelKey("m", 1), "new");

        assertThat(cache.get(new ModelKey("m", 1))).contains("new");
        EntryMetadata metadata = cache.metadata(new ModelKey("m", 1)).orElseThrow();
        assertThat(metadata.attributes()).isEmpty();
        assertThat(metadata.createdAt()).isEqualTo(clock.instant());
        assertThat(cache.stats().entries()).isEqualTo(1);
    }

    @Test
    void valuesOfEverySizeComeBackEqual() {
        var random = new Random(42);
        for (int size :
                new int[] {0, 1, 1023, 1024, 65_536, 65_537, 1 << 20, (1 << 20) + 1, 3 * (1 << 20), 3_500_000}) {
            byte[] noise = new byte[size];
            random.nextBytes(noise);
            cache.put(new ImageKey("noise" + size), noise);
            cache.put(new ImageKey("zeros" + size), new byte[size]);

            assertThat(cache.get(new ImageKey("noise" + size)))
                    .as("noise of %s bytes", size)
                    .hasValueSatisfying(value -> assertThat(value).isEqualTo(noise));
            assertThat(cache.get(new ImageKey("zeros" + size)))
                    .as("zeros, %s bytes", size)
                    .hasValueSatisfying(value -> assertThat(value).isEqualTo(new byte[size]));
        }
    }

    @Test
    void compressionShowsInTheMetadata() {
        cache.put(new ImageKey("zeros"), new byte[100_000]);
        cache.put(new ImageKey("tiny"), new byte[100]);

        EntryMetadata zeros = cache.metadata(new ImageKey("zeros")).orElseThrow();
        assertThat(zeros.codec()).isEqualTo("zstd");
        assertThat(zeros.rawSizeBytes()).isEqualTo(100_000);
        assertThat(zeros.sizeBytes()).isLessThan(1_000);
        assertThat(cache.metadata(new ImageKey("tiny")).orElseThrow().codec()).isEqualTo("none");
    }

    @Test
    void compressionGoesOnAfterBytesThatCannotBeCompressed() {
        int mebibyte = 1 << 20;
        byte[] mixed = new byte[5 * mebibyte];
        byte[] noise = new byte[2 * mebibyte];
        new Random(7).nextBytes(noise);
        System.arraycopy(noise, 0, mixed, 0, noise.length);
        System.arraycopy(noise, 0, mixed, 3 * mebibyte, mebibyte);

        cache.put(new ImageKey("mixed"), mixed);

        assertThat(cache.get(new ImageKey("mixed")).orElseThrow()).isEqualTo(mixed);
        assertThat(cache.metadata(new ImageKey("mixed")).orElseThrow().sizeBytes())
                .isBetween(3L * mebibyte, 3L * mebibyte + 10_000);
    }

    @Test
    void nullIsNoValue() {
        assertThatNullPointerException().isThrownBy(() -> cache.put(CacheKey.of("a", 1), null));
        assertThatNullPointerException().isThrownBy(() -> cache.get(null));
    }

    @Test
    void putIfAbsentKeepsWhatIsThere() {
        assertThat(cache.putIfAbsent(new ModelKey("m", 1), "first", ttl(HOUR))).isTrue();
        assertThat(cache.putIfAbsent(new ModelKey("m", 1), "second")).isFalse();
        assertThat(cache.get(new ModelKey("m", 1))).contains("first");

        clock.advance(HOUR);

        assertThat(cache.putIfAbsent(new ModelKey("m", 1), "third")).isTrue();
        assertThat(cache.get(new ModelKey("m", 1))).contains("third");
    }

    @Test
    void replaceNeedsAValueThatHasNotExpired() {
        assertThat(cache.replace(new ModelKey("m", 1), "no")).isFalse();
        cache.put(new ModelKey("m", 1), "old", ttl(HOUR));
        assertThat(cache.replace(new ModelKey("m", 1), "new", ttl(HOUR))).isTrue();
        assertThat(cache.get(new ModelKey("m", 1))).contains("new");

        clock.advance(HOUR);

        assertThat(cache.replace(new ModelKey("m", 1), "late")).isFalse();
        assertThat(cache.get(new ModelKey("m", 1))).isEmpty();
    }

    @Test
    void oneRuleOfExpiryForAllReads() {
        cache.put(new ModelKey("m", 1), "a", ttl(HOUR));
        clock.advance(HOUR.minusMillis(1));
        assertThat(cache.get(new ModelKey("m", 1))).contains("a");
        assertThat(cache.exists(new ModelKey("m", 1))).isTrue();
        assertThat(cache.entries(EntryQuery.all())).hasSize(1);
        assertThat(cache.cleanUpExpired()).isZero();

        clock.advance(Duration.ofMillis(1));

        assertThat(cache.exists(new ModelKey("m", 1))).isFalse();
        assertThat(cache.metadata(new ModelKey("m", 1))).isEmpty();
        assertThat(cache.entries(EntryQuery.all())).isEmpty();
        assertThat(cache.count(EntryQuery.all())).isZero();
        assertThat(cache.cleanUpExpired()).isEqualTo(1);
        assertThat(cache.lookup(new ModelKey("m", 1))).isEqualTo(new Lookup.Miss<>(MissReason.EXPIRED));
    }

    @Test
    void readingAnExpiredEntryRemovesIt() {
        cache.put(new ModelKey("m", 1), "a", ttl(HOUR));
        clock.advance(HOUR);

        assertThat(cache.lookup(new ModelKey("m", 1))).isEqualTo(new Lookup.Miss<>(MissReason.EXPIRED));

        assertThat(cache.stats().entries()).isZero();
        assertThat(cache.stats().expirations()).isEqualTo(1);
    }

    @Test
    void defaultTtlHoldsForEveryRead() {
        Cacheness hourly = open(builder(directory.resolve("hourly"))
                .defaultTtl(HOUR)
                .policy(
                        "images",
                        CachePolicy.builder().ttl(Duration.ofMinutes(1)).build()));
        hourly.put(new ModelKey("m", 1), "a");
        hourly.put(new ModelKey("m", 2), "kept", noExpiry());
        hourly.put(new ModelKey("m", 3), "longer", ttl(HOUR.multipliedBy(2)));
        hourly.put(new ImageKey("i"), new byte[1]);

        clock.advance(Duration.ofMinutes(1));
        assertThat(hourly.get(new ImageKey("i"))).isEmpty();
        assertThat(hourly.get(new ModelKey("m", 1))).isPresent();

        clock.advance(HOUR);
        assertThat(hourly.get(new ModelKey("m", 1))).isEmpty();
        assertThat(hourly.get(new ModelKey("m", 2))).contains("kept");
        assertThat(hourly.get(new ModelKey("m", 3))).contains("longer");
    }

    @Test
    void touchStartsTheTimeToLiveAnewAndChangesNothingElse() {
        cache.put(new ModelKey("m", 1), "a", ttl(HOUR), attribute("stage", "test"));
        clock.advance(Duration.ofMinutes(30));

        assertThat(cache.touch(new ModelKey("m", 1), ttl(HOUR))).isTrue();

        EntryMetadata metadata = cache.metadata(new ModelKey("m", 1)).orElseThrow();
        assertThat(metadata.expiresAt()).isEqualTo(clock.instant().plus(HOUR));
        assertThat(metadata.attributes()).containsEntry("stage", "test");
        assertThat(cache.touch(new ModelKey("m", 1), noExpiry())).isTrue();
        assertThat(cache.metadata(new ModelKey("m", 1)).orElseThrow().expiresAt())
                .isNull();
        assertThat(cache.touch(new ModelKey("other", 1), ttl(HOUR))).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cache.touch(new ModelKey("m", 1), description("no")))
                .withMessageContaining("ttl");
    }

    @Test
    void touchDoesNotReviveWhatExpired() {
        cache.put(new ModelKey("m", 1), "a", ttl(HOUR));
        clock.advance(HOUR);

        assertThat(cache.touch(new ModelKey("m", 1), ttl(HOUR))).isFalse();
        assertThat(cache.get(new ModelKey("m", 1))).isEmpty();
    }

    @Test
    void updatedMetadataMergeIntoTheAttributes() {
        cache.put(new ModelKey("m", 1), "a", ttl(HOUR), attribute("stage", "test"), attribute("old", 1), tags("t"));
        EntryMetadata before = cache.metadata(new ModelKey("m", 1)).orElseThrow();
        clock.advance(Duration.ofMinutes(30));
        var changes = new LinkedHashMap<String, @Nullable Object>();
        changes.put("stage", "production");
        changes.put("runs", 3);
        changes.put("old", null);

        assertThat(cache.updateMetadata(new ModelKey("m", 1), changes)).isTrue();

        EntryMetadata after = cache.metadata(new ModelKey("m", 1)).orElseThrow();
        assertThat(after.attributes()).isEqualTo(Map.of("stage", "production", "runs", 3L));
        assertThat(after.tags()).containsExactly("t");
        assertThat(after.createdAt()).isEqualTo(before.createdAt());
        assertThat(after.accessedAt()).isEqualTo(before.accessedAt());
        assertThat(after.expiresAt()).isEqualTo(before.expiresAt());
        assertThat(cache.get(new ModelKey("m", 1))).contains("a");
        assertThat(cache.updateMetadata(new ModelKey("other", 1), changes)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cache.updateMetadata(new ModelKey("m", 1), Map.of("a'); --", 1)))
                .withMessageContaining("a'); --");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cache.updateMetadata(new ModelKey("m", 1), Map.of("list", List.of(1))))
                .withMessageContaining("list");
        clock.advance(HOUR);
        assertThat(cache.updateMetadata(new ModelKey("m", 1), changes)).isFalse();
    }

    @Test
    void callerMayAskForAYoungerValue() {
        cache.put(new ModelKey("m", 1), "a");
        clock.advance(HOUR);

        assertThat(cache.get(new ModelKey("m", 1), maxAge(HOUR))).contains("a");
        assertThat(cache.lookup(new ModelKey("m", 1), maxAge(HOUR.minusMillis(1))))
                .isEqualTo(new Lookup.Miss<>(MissReason.EXPIRED));
        assertThat(cache.get(new ModelKey("m", 1))).contains("a");
    }

    @Test
    void metadataTellAllThatIsKnown() {
        cache.put(
                new ModelKey("xgboost", 7),
                "weights",
                ttl(HOUR),
                description("nightly"),
                attributes(Map.of("accuracy", 0.95, "epochs", 12, "final", true, "author", "ada")));

        CacheEntry<String> entry = cache.getEntry(new ModelKey("xgboost", 7)).orElseThrow();

        EntryMetadata metadata = entry.metadata();
        assertThat(entry.value()).isEqualTo("weights");
        assertThat(metadata.namespace()).isEqualTo("models");
        assertThat(metadata.keyParameters())
                .containsExactlyInAnyOrderEntriesOf(Map.of("model", "xgboost", "version", "7"));
        assertThat(metadata.description()).isEqualTo("nightly");
        assertThat(metadata.attributes())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("accuracy", 0.95, "epochs", 12L, "final", true, "author", "ada"));
        assertThat(metadata.createdAt()).isEqualTo(clock.instant());
        assertThat(metadata.expiresAt()).isEqualTo(clock.instant().plus(HOUR));
        assertThat(metadata.handler()).isEqualTo("text");
        assertThat(metadata.valueType()).isEqualTo("java.lang.String");
        assertThat(metadata.rawSizeBytes()).isEqualTo(7);
        assertThat(metadata.sizeBytes()).isEqualTo(7);
        assertThat(cache.metadata(new ModelKey("xgboost", 7))).contains(metadata);
        assertThat(cache.entries(EntryQuery.all())).containsExactly(metadata);
    }

    @Test
    void keyParametersAreLeftOutIfTheyAreNotToBeStored() {
        Cacheness secretive = open(builder(directory.resolve("secretive")).storeKeyParameters(false));

        secretive.put(new ModelKey("m", 1), "a");

        assertThat(secretive.metadata(new ModelKey("m", 1)).orElseThrow().keyParameters())
                .isEmpty();
    }

    @Test
    void entriesAreListedNewestFirstByPageAndCondition() {
        for (int i = 0; i < 10; i++) {
            cache.put(new ModelKey("m", i), "v" + i, attribute("even", i % 2 == 0));
            clock.advance(Duration.ofSeconds(1));
        }
        String digest = cache.put(new ImageKey("i"), new byte[1]);

        List<EntryMetadata> page =
                cache.entries(EntryQuery.all().inNamespace("models").page(2, 3));
        assertThat(page)
                .extracting(entry -> entry.keyParameters().get("version"))
                .containsExactly("7", "6", "5");
        assertThat(cache.entries(EntryQuery.all().withAttribute("even", true))).hasSize(5);
        assertThat(cache.entries(EntryQuery.all().withDigestPrefix(digest.substring(0, 12))))
                .extracting(EntryMetadata::digest)
                .containsExactly(digest);
        assertThat(cache.count(EntryQuery.all().inNamespace("models").page(0, 1)))
                .isEqualTo(10);
        assertThat(cache.count(EntryQuery.all())).isEqualTo(11);
    }

    @Test
    void entriesAreFoundByTheirTags() {
        cache.put(new ModelKey("a", 1), "x", tags("nightly", "best"), tags("best", "de"));
        cache.put(new ModelKey("a", 2), "y", tags("nightly"));
        cache.put(new ModelKey("a", 3), "z");

        assertThat(cache.metadata(new ModelKey("a", 1)).orElseThrow().tags()).containsExactly("best", "de", "nightly");
        assertThat(cache.metadata(new ModelKey("a", 3)).orElseThrow().tags()).isEmpty();
        assertThat(cache.count(EntryQuery.all().withTag("nightly"))).isEqualTo(2);
        assertThat(cache.entries(EntryQuery.all().withTag("nightly").withTag("de")))
                .extracting(EntryMetadata::digest)
                .containsExactly(
                        cache.metadata(new ModelKey("a", 1)).orElseThrow().digest());
    }

    @Test
    void whatAQuerySelectsIsInvalidatedWhateverItsPage() {
        for (int version = 0; version < 5; version++) {
            cache.put(new ModelKey("a", version), "x", tags("nightly"), attribute("even", version % 2 == 0));
        }
        cache.put(new ModelKey("b", 1), "y", tags("daily"));

        int removed = cache.invalidateWhere(
                EntryQuery.all().withTag("nightly").withAttribute("even", true).page(1, 1));

        assertThat(removed).isEqualTo(3);
        assertThat(cache.count(EntryQuery.all().withTag("nightly"))).isEqualTo(2);
        assertThat(cache.lookup(new ModelKey("a", 2))).isEqualTo(new Lookup.Miss<>(MissReason.INVALIDATED));
        assertThat(cache.get(new ModelKey("b", 1))).hasValue("y");
    }

    @Test
    void invalidatedEntryIsGone() {
        String digest = cache.put(new ModelKey("m", 1), "a");

        assertThat(cache.invalidate(new ModelKey("m", 1))).isTrue();
        assertThat(cache.invalidate(new ModelKey("m", 1))).isFalse();
        assertThat(cache.lookup(new ModelKey("m", 1))).isEqualTo(new Lookup.Miss<>(MissReason.INVALIDATED));

        cache.put(new ModelKey("m", 1), "b");
        assertThat(cache.invalidate(CacheKey.ofDigest(digest))).isTrue();
        assertThat(cache.exists(new ModelKey("m", 1))).isFalse();
    }

    @Test
    void namespaceIsInvalidatedAsAWhole() {
        for (int i = 0; i < 5; i++) {
            cache.put(new ModelKey("m", i), "a");
        }
        cache.put(new ImageKey("i"), new byte[1]);

        assertThat(cache.invalidateNamespace("models")).isEqualTo(5);

        assertThat(cache.exists(new ModelKey("m", 1))).isFalse();
        assertThat(cache.exists(new ImageKey("i"))).isTrue();
        assertThat(cache.invalidateAll(List.of(new ImageKey("i"), new ImageKey("none"))))
                .isEqualTo(1);
    }

    @Test
    void clearRemovesEverything() {
        for (int i = 0; i < 2_500; i++) {
            cache.put(new ModelKey("m", i), "a");
        }

        assertThat(cache.clear()).isEqualTo(2_500);

        assertThat(cache.stats().entries()).isZero();
        assertThat(cache.stats().sizeBytes()).isZero();
    }

    @Test
    void manyAtOnce() {
        Map<ModelKey, String> values = new LinkedHashMap<>();
        values.put(new ModelKey("m", 2), "two");
        values.put(new ModelKey("m", 1), "one");

        cache.putAll(values);

        Map<CacheKey<String>, String> found =
                cache.getAll(List.of(new ModelKey("m", 1), new ModelKey("m", 3), new ModelKey("m", 2)));
        assertThat(found)
                .containsExactly(Map.entry(new ModelKey("m", 1), "one"), Map.entry(new ModelKey("m", 2), "two"));
    }

    @Test
    void valueOfAnotherTypeIsAMissAndStays() {
        String digest = cache.put(CacheKey.of("a", 1), "text");

        assertThat(cache.lookup(CacheKey.of("a", 1).as(byte[].class)))
                .isEqualTo(new Lookup.Miss<>(MissReason.TYPE_CHANGED));
        assertThat(cache.get(CacheKey.ofDigest(digest))).contains("text");
    }

    @Test
    void missingHandlerIsAMissAndTheEntryStays() {
        Path shared = directory.resolve("shared");
        Cacheness writing = open(builder(shared));
        writing.put(new ModelKey("m", 1), "a");
        if (writing.stats().metadataBackend().equals("memory")) {
            return;
        }

        Cacheness without = open(builder(shared).disabledHandlers(List.of("text")));

        assertThat(without.lookup(new ModelKey("m", 1))).isEqualTo(new Lookup.Miss<>(MissReason.REFUSED));
        assertThat(writing.get(new ModelKey("m", 1))).contains("a");
    }

    @Test
    void statisticsCountWhatHappens() {
        cache.put(new ModelKey("m", 1), "1234567890");
        clock.advance(HOUR);
        cache.put(new ModelKey("m", 2), "12345678901234567890");
        cache.get(new ModelKey("m", 1));
        cache.get(new ModelKey("m", 1));
        cache.get(new ModelKey("m", 9));
        cache.getOrCompute(new ModelKey("m", 3), key -> "loaded");
        cache.exists(new ModelKey("m", 1));

        CacheStats stats = cache.stats();

        assertThat(stats.entries()).isEqualTo(3);
        assertThat(stats.sizeBytes()).isEqualTo(36);
        assertThat(stats.averageEntrySizeBytes()).isEqualTo(12.0);
        assertThat(stats.hits()).isEqualTo(2);
        assertThat(stats.missCount()).isEqualTo(2);
        assertThat(stats.misses()).containsEntry(MissReason.ABSENT, 2L).containsEntry(MissReason.CORRUPT, 0L);
        assertThat(stats.hitRate()).isEqualTo(0.5);
        assertThat(stats.puts()).isEqualTo(3);
        assertThat(stats.loads()).isEqualTo(1);
        assertThat(stats.oldest()).isEqualTo(clock.instant().minus(HOUR));
        assertThat(stats.newest()).isEqualTo(clock.instant());
        assertThat(cache.stats("models").entries()).isEqualTo(3);
        assertThat(cache.stats("models").hits()).isEqualTo(2);
        assertThat(cache.stats("images").entries()).isZero();
        assertThat(cache.stats("images").hits()).isZero();
    }

    @Test
    void leastRecentlyReadEntriesMakeRoom() {
        Cacheness small =
                open(builder(directory.resolve("small")).maxSize(1_000).codec("none"));
        for (int i = 0; i < 10; i++) {
            small.put(new ImageKey("i" + i), new byte[100]);
            clock.advance(Duration.ofSeconds(1));
        }
        small.get(new ImageKey("i0"));
        clock.advance(Duration.ofSeconds(1));

        small.put(new ImageKey("i10"), new byte[200]);

        assertThat(small.stats().sizeBytes()).isEqualTo(1_000);
        assertThat(small.stats().evictions()).isEqualTo(2);
        assertThat(small.exists(new ImageKey("i0"))).isTrue();
        assertThat(small.lookup(new ImageKey("i1"))).isEqualTo(new Lookup.Miss<>(MissReason.EVICTED));
        assertThat(small.exists(new ImageKey("i2"))).isFalse();
        assertThat(small.exists(new ImageKey("i3"))).isTrue();
    }

    @Test
    void entryLargerThanTheCacheIsRefusedAndEvictsNothing() {
        Cacheness small =
                open(builder(directory.resolve("small")).maxSize(1_000).codec("none"));
        small.put(new ImageKey("a"), new byte[900]);

        assertThatExceptionOfType(CacheCapacityException.class)
                .isThrownBy(() -> small.put(new ImageKey("b"), new byte[1_001]))
                .satisfies(ex -> assertThat(ex.limitBytes()).isEqualTo(1_000))
                .withMessageContaining("cacheness.storage.max-size");

        assertThat(small.exists(new ImageKey("a"))).isTrue();
        assertThat(small.stats().entries()).isEqualTo(1);
    }

    @Test
    void entryLargerThanTheCacheDoesNotBreakACaller() {
        Cacheness small =
                open(builder(directory.resolve("small")).maxSize(1_000).codec("none"));

        byte[] value = small.getOrCompute(new ImageKey("b"), key -> new byte[2_000_000]);

        assertThat(value).hasSize(2_000_000);
        assertThat(small.stats().storeFailures()).isEqualTo(1);
        assertThat(small.exists(new ImageKey("b"))).isFalse();
    }

    @Test
    void loadedValueKnowsItsLoadTime() {
        var calls = new AtomicInteger();

        String first = cache.getOrCompute(new ModelKey("m", 1), key -> key.model() + calls.incrementAndGet());
        String second = cache.getOrCompute(new ModelKey("m", 1), key -> key.model() + calls.incrementAndGet());

        assertThat(first).isEqualTo("m1");
        assertThat(second).isEqualTo("m1");
        assertThat(cache.metadata(new ModelKey("m", 1)).orElseThrow().loadTime())
                .isPositive();
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void loaderThatReturnsAnotherTypeIsRefusedAndNothingIsStored() {
        CacheKey key = new ModelKey("m", 1);

        assertThatExceptionOfType(ClassCastException.class)
                .isThrownBy(() -> cache.getOrCompute(key, same -> 42))
                .withMessageContaining("java.lang.Integer")
                .withMessageContaining("java.lang.String");
        assertThatExceptionOfType(ClassCastException.class)
                .isThrownBy(() -> cache.getAllOrCompute(List.of(key), missing -> Map.of(key, 42)));
        assertThat(cache.exists(key)).isFalse();
        assertThat(cache.stats().loadFailures()).isEqualTo(2);
    }

    @Test
    void hitsSaveTheTimeThatTheLoadTook() {
        var saved = new ArrayList<Duration>();
        cache.getOrCompute(new ModelKey("m", 1), key -> "a");
        cache.put(new ModelKey("m", 2), "b");
        Duration loadTime = cache.metadata(new ModelKey("m", 1)).orElseThrow().loadTime();
        saved.add(cache.stats().loadTimeSaved());

        cache.get(new ModelKey("m", 1));
        cache.get(new ModelKey("m", 2));
        saved.add(cache.stats().loadTimeSaved());
        cache.getOrCompute(new ModelKey("m", 1), key -> "c");
        saved.add(cache.stats().loadTimeSaved());

        assertThat(saved)
                .containsExactly(
                        Duration.ZERO,
                        loadTime,
                        Objects.requireNonNull(loadTime).multipliedBy(2));
    }

    @Test
    void savedSecondsHaveAPriceInBytesByNamespace() {
        cache.getOrCompute(CacheKey.in("small", Map.of("id", 1)), key -> new byte[10]);
        cache.put(CacheKey.in("put", Map.of("id", 1)), new byte[10]);
        assertThat(cache.stats("small").bytesPerSecondSaved()).isEmpty();

        cache.get(CacheKey.in("small", Map.of("id", 1)));
        cache.get(CacheKey.in("put", Map.of("id", 1)));

        CacheStats stats = cache.stats("small");
        assertThat(stats.bytesPerSecondSaved().orElseThrow())
                .isEqualTo(stats.sizeBytes() / (stats.loadTimeSaved().toNanos() / 1e9));
        assertThat(cache.stats("put").bytesPerSecondSaved()).isEmpty();
    }

    @Test
    void closedCacheSaysSo() {
        cache.close();
        cache.close();

        assertThatExceptionOfType(CacheClosedException.class).isThrownBy(() -> cache.get(new ModelKey("m", 1)));
        assertThatExceptionOfType(CacheClosedException.class).isThrownBy(() -> cache.put(new ModelKey("m", 1), "a"));
        assertThatExceptionOfType(CacheClosedException.class).isThrownBy(() -> cache.stats());
    }

    @Test
    void timesAreKeptToTheMillisecond() {
        clock.advance(Duration.ofNanos(123_456));

        cache.put(new ModelKey("m", 1), "a", ttl(Duration.ofNanos(1_999_999)));

        EntryMetadata metadata = cache.metadata(new ModelKey("m", 1)).orElseThrow();
        assertThat(metadata.createdAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }
}
