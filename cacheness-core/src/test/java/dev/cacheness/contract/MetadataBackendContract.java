package dev.cacheness.contract;

import static dev.cacheness.contract.EntryFixture.NOW;
import static dev.cacheness.contract.EntryFixture.digest;
import static dev.cacheness.contract.EntryFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.AttributeCondition;
import dev.cacheness.Comparison;
import dev.cacheness.EntryMetadata;
import dev.cacheness.spi.Content;
import dev.cacheness.spi.EntryAccess;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.Eviction;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.PutResult;
import dev.cacheness.spi.StoredEntry;
import dev.cacheness.spi.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every metadata backend has to do. Long because it is one list of promises. */
public abstract class MetadataBackendContract {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final int THREADS = 8;

    private MetadataBackend backend;

    /** Opens the backend, empty. */
    protected abstract MetadataBackend open();

    @BeforeEach
    void openBackend() {
        backend = open();
    }

    @AfterEach
    void closeBackend() {
        backend.close();
    }

    // find, findDescribed

    @Test
    void unknownDigestIsNotFound() {
        assertThat(backend.find(digest(1))).isEmpty();
        assertThat(backend.findDescribed(digest(1))).isEmpty();
    }

    @Test
    void rowComesBackAsItWasPut() {
        StoredEntry stored = entry(1).in("models")
                .expiresAt(NOW.plus(SECOND))
                .with(Map.of("accuracy", 0.95))
                .tagged("nightly", "best")
                .describedAs("best so far", Map.of("model", "xgboost"))
                .build();

        put(stored);

        assertSame(backend.findDescribed(digest(1)).orElseThrow(), stored);
    }

    @Test
    void quickLookupKnowsAllThatAReadNeeds() {
        StoredEntry stored = entry(1).in("models").expiresAt(NOW.plus(SECOND)).build();

        put(stored);

        assertSame(backend.findDescribed(digest(1)).orElseThrow(), stored);
    }

    @Test
    void lastRowOfAPrefixIsTheOneWhoseDigestComesLast() {
        String prefix = digest(0xa);
        StoredEntry last =
                entry(prefix + "0000000a").createdAt(NOW.minus(SECOND)).build();
        put(entry(prefix + "00000002").build());
        put(last);
        put(entry(prefix + "00000009").createdAt(NOW.plus(SECOND)).build());
        put(entry(digest(0xb) + "00000001").build());

        assertSame(backend.findLast(prefix).orElseThrow(), last);
        assertThat(backend.findLast(digest(0xc))).isEmpty();

        backend.remove(List.of(last.ref()));
        assertThat(backend.findLast(prefix).orElseThrow().digest()).isEqualTo(prefix + "00000009");
    }

    @Test
    void rowIsReplacedOnlyIfItIsOfTheGeneration() {
        StoredEntry first = entry(1).build();
        StoredEntry second = entry(1).build();
        StoredEntry third = entry(1).build();
        put(first);

        PutResult replaced = backend.put(second, new PutCondition.IfGeneration(first.generation()));
        PutResult refused = backend.put(third, new PutCondition.IfGeneration(first.generation()));

        assertThat(replaced).isEqualTo(new PutResult(true, first.ref()));
        assertThat(refused).isEqualTo(PutResult.NOT_STORED);
        assertThat(backend.put(entry(2).build(), new PutCondition.IfGeneration(first.generation())))
                .isEqualTo(PutResult.NOT_STORED);
        assertSame(backend.findDescribed(digest(1)).orElseThrow(), second);
    }

    @Test
    void expiredRowIsStillFound() {
        put(entry(1).expiresAt(NOW.minus(SECOND)).build());

        assertThat(backend.find(digest(1))).isPresent();
        assertThat(backend.findDescribed(digest(1))).isPresent();
    }

    @Test
    void emptyValueAndMissingFactsComeBack() {
        EntryMetadata bare = new EntryMetadata(
                digest(1), "", Map.of(), null, Map.of(), Set.of(), NOW, NOW, null, 0, null, "bytes", "byte[]", "none",
                0, 0);
        var stored = new StoredEntry(bare, "0".repeat(32), 1, null, new Content(new byte[0], null, new byte[0], null));

        put(stored);

        assertSame(backend.findDescribed(digest(1)).orElseThrow(), stored);
    }

    @Test
    void valueInABlobAndItsTableOfBlocksComeBack() {
        byte[] blocks = {0, 1, (byte) 0xff};
        StoredEntry inBlob = entry(1).inBlob("3f-owner-1").build();
        var stored = new StoredEntry(
                inBlob.metadata(), inBlob.generation(), 1, null, new Content(new byte[16], blocks, null, "3f-owner-1"));

        put(stored);

        assertSame(backend.findDescribed(digest(1)).orElseThrow(), stored);
    }

    @Test
    void everyByteOfAValueComesBack() {
        byte[] value = new byte[100_000];
        new Random(42).nextBytes(value);

        put(entry(1).build(value));

        assertThat(backend.find(digest(1)).orElseThrow().content().inline()).isEqualTo(value);
    }

    @Test
    void textsOfAllScriptsComeBack() {
        String text = "größer 漢字 \uD83D\uDE80 ' \" \\ \n \t ; -- \u200F";
        StoredEntry stored = entry(1).in(text)
                .with(Map.of("text", text))
                .tagged(text)
                .describedAs(text, Map.of(text, text))
                .build();

        put(stored);

        assertSame(backend.findDescribed(digest(1)).orElseThrow(), stored);
        assertThat(digests(filter(text, "", Map.of("text", text)))).containsExactly(digest(1));
    }

    // put

    @Test
    void firstPutReplacesNothing() {
        PutResult result = backend.put(entry(1).build(), PutCondition.ALWAYS);

        assertThat(result).isEqualTo(new PutResult(true, null));
    }

    @Test
    void putReplacesTheWholeRowAndSaysWhichOneItWas() {
        StoredEntry first = entry(1).in("a")
                .expiresAt(NOW.plus(SECOND))
                .with(Map.of("x", 1L))
                .describedAs("first", Map.of("p", "q"))
                .inBlob("blob-1")
                .build();
        StoredEntry second = entry(1).in("b").sized(5).build();
        put(first);

        PutResult result = backend.put(second, PutCondition.ALWAYS);

        assertThat(result).isEqualTo(new PutResult(true, first.ref()));
        assertSame(backend.findDescribed(digest(1)).orElseThrow(), second);
        assertThat(backend.count(EntryFilter.ALL)).isEqualTo(1);
        assertThat(backend.referencedBlobs(Set.of("blob-1"))).isEmpty();
    }

    @Test
    void replacingAnExpiredRowNamesIt() {
        StoredEntry expired = entry(1).expiresAt(NOW.minus(SECOND)).build();
        put(expired);

        assertThat(backend.put(entry(1).build(), PutCondition.ALWAYS).replaced())
                .isEqualTo(expired.ref());
    }

    @Test
    void putIfAbsentWaitsForTheVeryMomentOfExpiry() {
        StoredEntry first = entry(1).expiresAt(NOW.plus(SECOND)).build();
        put(first);

        PutResult early = backend.put(
                entry(1).build(), new PutCondition.IfAbsent(NOW.plus(SECOND).minusMillis(1)));
        PutResult inTime = backend.put(entry(1).build(), new PutCondition.IfAbsent(NOW.plus(SECOND)));

        assertThat(early).isEqualTo(PutResult.NOT_STORED);
        assertThat(inTime).isEqualTo(new PutResult(true, first.ref()));
    }

    @Test
    void putIfAbsentStoresWhereThereIsNoRow() {
        assertThat(backend.put(entry(1).build(), new PutCondition.IfAbsent(NOW)).stored())
                .isTrue();
        assertThat(backend.put(entry(1).build(), new PutCondition.IfAbsent(NOW)).stored())
                .isFalse();
    }

    @Test
    void putIfPresentNeedsALivingRow() {
        put(entry(2).expiresAt(NOW).build());
        put(entry(3).expiresAt(NOW.plusMillis(1)).build());
        var present = new PutCondition.IfPresent(NOW);

        assertThat(backend.put(entry(1).build(), present)).isEqualTo(PutResult.NOT_STORED);
        assertThat(backend.put(entry(2).build(), present)).isEqualTo(PutResult.NOT_STORED);
        assertThat(backend.put(entry(3).build(), present).stored()).isTrue();
        assertThat(backend.count(EntryFilter.ALL)).isEqualTo(2);
    }

    @Test
    void refusedPutChangesNothing() {
        StoredEntry first = entry(1).build();
        put(first);

        backend.put(entry(1).sized(100).build(), new PutCondition.IfAbsent(NOW));

        assertSame(backend.findDescribed(digest(1)).orElseThrow(), first);
        assertThat(backend.totals().sizeBytes()).isEqualTo(3);
    }

    // invalidations

    @Test
    void putIfNotInvalidatedHoldsUntilTheDigestIsInvalidated() {
        var unchanged = new PutCondition.IfNotInvalidated(backend.invalidations(digest(1)));

        assertThat(backend.put(entry(1).build(), unchanged).stored()).isTrue();
        backend.invalidate(List.of(digest(1)));

        assertThat(backend.put(entry(1).build(), unchanged)).isEqualTo(PutResult.NOT_STORED);
        assertThat(backend.find(digest(1))).isEmpty();
    }

    @Test
    void invalidationCountsAlsoWhereThereIsNoRow() {
        long before = backend.invalidations(digest(1));

        assertThat(backend.invalidate(List.of(digest(1)))).isEmpty();

        assertThat(backend.invalidations(digest(1))).isNotEqualTo(before);
    }

    @Test
    void invalidateMatchingCountsForEveryDigest() {
        List<Long> before = LongStream.range(0, 200)
                .mapToObj(number -> backend.invalidations(digest(number)))
                .toList();

        backend.invalidateMatching(EntryFilter.ofNamespace("nothing there"), 10);

        for (int number = 0; number < 200; number++) {
            assertThat(backend.invalidations(digest(number))).isNotEqualTo(before.get(number));
        }
    }

    @Test
    void putsAndRemovalsAreNoInvalidations() {
        long before = backend.invalidations(digest(1));
        StoredEntry stored = entry(1).expiresAt(NOW).build();

        put(stored);
        backend.remove(List.of(stored.ref()));
        put(stored);
        backend.removeExpired(NOW, 10);

        assertThat(backend.invalidations(digest(1))).isEqualTo(before);
    }

    @Test
    void invalidateReturnsTheRowsThatWereThere() {
        StoredEntry first = entry(1).inBlob("b1").build();
        StoredEntry second = entry(2).expiresAt(NOW.minus(SECOND)).build();
        put(first);
        put(second);
        put(entry(3).build());

        List<EntryRef> removed = backend.invalidate(List.of(digest(1), digest(2), digest(9), digest(1)));

        assertThat(removed).containsExactlyInAnyOrder(first.ref(), second.ref());
        assertThat(digests(EntryFilter.ALL)).containsExactly(digest(3));
    }

    @Test
    void invalidateOfNothingIsFine() {
        assertThat(backend.invalidate(List.of())).isEmpty();
        assertThat(backend.remove(List.of())).isEmpty();
        backend.recordAccesses(List.of());
    }

    @Test
    void invalidateMatchingWorksInBatches() {
        for (int number = 0; number < 25; number++) {
            put(entry(number).in(number % 5 == 0 ? "kept" : "gone").build());
        }
        var filter = EntryFilter.ofNamespace("gone");

        List<Integer> batches = new ArrayList<>();
        int size;
        do {
            size = backend.invalidateMatching(filter, 8).size();
            batches.add(size);
        } while (size == 8);

        assertThat(batches).containsExactly(8, 8, 4);
        assertThat(backend.count(EntryFilter.ALL)).isEqualTo(5);
        assertThat(backend.totals()).isEqualTo(new Totals(5, 15, NOW, NOW));
    }

    // expiry

    @Test
    void expiryIsSetAndTakenAway() {
        put(entry(1).build());

        assertThat(backend.setExpiry(digest(1), NOW, NOW.plus(SECOND))).isTrue();
        assertThat(expiry(1)).isEqualTo(NOW.plus(SECOND));

        assertThat(backend.setExpiry(digest(1), NOW, null)).isTrue();
        assertThat(expiry(1)).isNull();
        assertThat(backend.removeExpired(NOW.plus(SECOND), 10)).isEmpty();
    }

    @Test
    void expiryIsNotSetWhereThereIsNoLivingRow() {
        put(entry(1).expiresAt(NOW).build());
        put(entry(2).expiresAt(NOW.plusMillis(1)).build());

        assertThat(backend.setExpiry(digest(1), NOW, null)).isFalse();
        assertThat(backend.setExpiry(digest(2), NOW, null)).isTrue();
        assertThat(backend.setExpiry(digest(3), NOW, null)).isFalse();
    }

    @Test
    void entryExpiresAtTheVeryMoment() {
        StoredEntry stored = entry(1).expiresAt(NOW).build();
        put(stored);

        assertThat(backend.removeExpired(NOW.minusNanos(1), 10)).isEmpty();
        assertThat(backend.removeExpired(NOW, 10)).containsExactly(stored.ref());
        assertThat(backend.find(digest(1))).isEmpty();
    }

    @Test
    void removeExpiredKeepsToItsLimitAndToTheExpired() {
        for (int number = 0; number < 20; number++) {
            put(entry(number).expiresAt(NOW.plusMillis(number)).build());
        }
        put(entry(99).build());

        assertThat(backend.removeExpired(NOW.plusMillis(9), 7)).hasSize(7);
        assertThat(backend.removeExpired(NOW.plusMillis(9), 7)).hasSize(3);
        assertThat(backend.removeExpired(NOW.plusMillis(9), 7)).isEmpty();
        assertThat(backend.count(EntryFilter.ALL)).isEqualTo(11);
    }

    @Test
    void expiredRowsCountUntilTheyAreRemovedUnlessTheFilterLeavesThemOut() {
        put(entry(1).expiresAt(NOW).build());
        put(entry(2).expiresAt(NOW.plusMillis(1)).build());
        put(entry(3).build());
        var alive = new EntryFilter(null, "", List.of(), Set.of(), NOW);

        assertThat(backend.count(EntryFilter.ALL)).isEqualTo(3);
        assertThat(backend.totals().entries()).isEqualTo(3);
        assertThat(backend.count(alive)).isEqualTo(2);
        assertThat(digests(alive)).containsExactly(digest(2), digest(3));
        assertThat(backend.count(new EntryFilter(null, "", List.of(), Set.of(), Instant.MIN)))
                .isEqualTo(3);
        assertThat(backend.count(new EntryFilter(null, "", List.of(), Set.of(), Instant.MAX)))
                .isEqualTo(1);
    }

    // accesses

    @Test
    void accessesAddUpAndMoveForwardOnly() {
        put(entry(1).build());

        backend.recordAccesses(List.of(
                new EntryAccess(digest(1), 2, NOW.plus(SECOND)),
                new EntryAccess(digest(1), 3, NOW.minus(SECOND)),
                new EntryAccess(digest(9), 1, NOW)));

        EntryMetadata metadata = backend.findDescribed(digest(1)).orElseThrow().metadata();
        assertThat(metadata.hits()).isEqualTo(5);
        assertThat(metadata.accessedAt()).isEqualTo(NOW.plus(SECOND));
        assertThat(backend.count(EntryFilter.ALL)).isEqualTo(1);
    }

    @Test
    void accessLeavesTheRestOfTheRowAlone() {
        StoredEntry stored = entry(1).in("n")
                .with(Map.of("a", 1L))
                .describedAs("d", Map.of("p", "q"))
                .build();
        put(stored);

        backend.recordAccesses(List.of(new EntryAccess(digest(1), 0, NOW)));

        assertSame(backend.findDescribed(digest(1)).orElseThrow(), stored);
    }

    @Test
    void leastRecentlyAccessedComesFirst() {
        put(entry(1).accessedAt(NOW.plusMillis(30)).build());
        put(entry(2).accessedAt(NOW.plusMillis(10)).build());
        put(entry(4).accessedAt(NOW.plusMillis(20)).build());
        put(entry(3).accessedAt(NOW.plusMillis(20)).build());
        backend.recordAccesses(List.of(new EntryAccess(digest(2), 1, NOW.plusMillis(40))));

        assertThat(backend.leastRecentlyAccessed(10))
                .extracting(EntryRef::digest)
                .containsExactly(digest(3), digest(4), digest(1), digest(2));
        assertThat(backend.leastRecentlyAccessed(1)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Eviction.class)
    void leastValuableOfANamespaceComesFirst(Eviction eviction) {
        put(entry(1).in("a").accessedAt(NOW.plusMillis(1)).build());
        put(entry(2).in("a").accessedAt(NOW.plusMillis(2)).build());
        put(entry(3).in("a").accessedAt(NOW.plusMillis(3)).build());
        put(entry(4).in("b").accessedAt(NOW).build());
        backend.recordAccesses(List.of(
                new EntryAccess(digest(1), 5, NOW.plusMillis(10)), new EntryAccess(digest(2), 1, NOW.plusMillis(30))));
        List<String> expected = backend.list(EntryFilter.ofNamespace("a"), 0, 10).stream()
                .sorted(eviction.order(NOW.plusSeconds(5)))
                .map(EntryMetadata::digest)
                .toList();

        assertThat(backend.leastValuable("a", eviction, NOW.plusSeconds(5), 10))
                .extracting(EntryRef::digest)
                .containsExactlyElementsOf(expected);
        assertThat(backend.leastValuable("a", eviction, NOW, 1))
                .extracting(EntryRef::digest)
                .containsExactly(digest(3));
    }

    @Test
    void expiredRowsOfOneNamespaceCanBeRemovedAlone() {
        put(entry(1).in("a").expiresAt(NOW).build());
        put(entry(2).in("a").expiresAt(NOW.plusMillis(1)).build());
        put(entry(3).in("b").expiresAt(NOW).build());

        assertThat(backend.namespaces()).containsExactlyInAnyOrder("a", "b");
        assertThat(backend.removeExpired("a", NOW, 10))
                .extracting(EntryRef::digest)
                .containsExactly(digest(1));
        assertThat(backend.find(digest(2))).isPresent();
        assertThat(backend.find(digest(3))).isPresent();
    }

    @Test
    void idleRowsOfANamespaceAreRemovedByThemselves() {
        StoredEntry idle = entry(1).in("a").inBlob("b1").build();
        put(idle);
        put(entry(2).in("a").build());
        put(entry(3).in("b").build());
        backend.recordAccesses(List.of(new EntryAccess(digest(2), 1, NOW.plusMillis(1))));
        long before = backend.invalidations(digest(1));

        assertThat(backend.removeIdle("a", NOW.minusMillis(1), 10)).isEmpty();
        assertThat(backend.removeIdle("a", NOW, 10)).containsExactly(idle.ref());
        assertThat(backend.find(digest(1))).isEmpty();
        assertThat(backend.find(digest(2))).isPresent();
        assertThat(backend.find(digest(3))).isPresent();
        assertThat(backend.invalidations(digest(1))).isEqualTo(before);
    }

    // remove

    @Test
    void removeTakesOnlyTheGenerationThatIsMeant() {
        StoredEntry old = entry(1).inBlob("old").build();
        StoredEntry fresh = entry(1).inBlob("new").build();
        put(old);
        put(fresh);

        assertThat(backend.remove(List.of(old.ref()))).isEmpty();
        assertThat(backend.find(digest(1))).isPresent();
        assertThat(backend.remove(List.of(fresh.ref(), fresh.ref()))).containsExactly(fresh.ref());
        assertThat(backend.find(digest(1))).isEmpty();
    }

    // list, count

    @Test
    void newestComesFirstThenByDigest() {
        put(entry(5).createdAt(NOW).build());
        put(entry(4).createdAt(NOW.plusMillis(1)).build());
        put(entry(3).createdAt(NOW).build());
        put(entry(2).createdAt(NOW.minusMillis(1)).build());

        assertThat(digests(EntryFilter.ALL)).containsExactly(digest(4), digest(3), digest(5), digest(2));
    }

    @Test
    void pagesAreParts() {
        for (int number = 0; number < 10; number++) {
            put(entry(number).createdAt(NOW.minusMillis(number)).build());
        }

        assertThat(backend.list(EntryFilter.ALL, 3, 4))
                .extracting(EntryMetadata::digest)
                .containsExactly(digest(3), digest(4), digest(5), digest(6));
        assertThat(backend.list(EntryFilter.ALL, 8, 4)).hasSize(2);
        assertThat(backend.list(EntryFilter.ALL, 10, 4)).isEmpty();
    }

    @Test
    void listedRowsAreWhole() {
        StoredEntry stored = entry(1).in("n")
                .with(Map.of("a", "b"))
                .describedAs("d", Map.of("p", "q"))
                .build();
        put(stored);

        assertThat(backend.list(EntryFilter.ALL, 0, 10)).containsExactly(stored.metadata());
    }

    @Test
    void namespaceIsMatchedExactly() {
        for (String namespace : List.of("model_", "modelX", "MODEL_", "model_a", "mod%", "", "model_ ")) {
            put(entry(Math.abs((long) namespace.hashCode())).in(namespace).build());
        }

        for (String namespace : List.of("model_", "mod%", "", "model_ ")) {
            assertThat(backend.list(EntryFilter.ofNamespace(namespace), 0, 10))
                    .extracting(EntryMetadata::namespace)
                    .containsExactly(namespace);
        }
        assertThat(backend.count(EntryFilter.ofNamespace("%"))).isZero();
        assertThat(backend.count(EntryFilter.ofNamespace("_"))).isZero();
    }

    @Test
    void digestPrefixIsAPrefixAndNoPattern() {
        put(entry("ab" + "0".repeat(30)).build());
        put(entry("ab" + "f".repeat(30)).build());
        put(entry("ac" + "0".repeat(30)).build());
        put(entry("aaffffffffffffffffffffffffffffff").build());

        assertThat(backend.count(prefix("ab"))).isEqualTo(2);
        assertThat(backend.count(prefix("ab" + "f".repeat(30)))).isEqualTo(1);
        assertThat(backend.count(prefix("a"))).isEqualTo(4);
        assertThat(backend.count(prefix(""))).isEqualTo(4);
        for (String none : List.of("b", "A", "AB", "a_", "%", "a%", "_b", "ab" + "f".repeat(31))) {
            assertThat(backend.count(prefix(none))).as(none).isZero();
        }
    }

    @Test
    void conditionsOfAFilterMustAllHold() {
        put(entry(0x1a).in("n").with(Map.of("a", 1L, "b", "x")).build());
        put(entry(0x1b).in("m").with(Map.of("a", 1L, "b", "x")).build());
        put(entry(0x1c).in("n").with(Map.of("a", 1L)).build());
        String prefix = digest(0x1a).substring(0, 31);

        assertThat(digests(filter("n", prefix, Map.of("a", 1L, "b", "x")))).containsExactly(digest(0x1a));
        assertThat(digests(filter("n", "f", Map.of("a", 1L, "b", "x")))).isEmpty();
        assertThat(digests(filter("n", prefix, Map.of("a", 1L)))).containsExactly(digest(0x1a), digest(0x1c));
    }

    // attributes

    @Test
    void attributesKeepTheirTypes() {
        var attributes = new LinkedHashMap<String, Object>();
        attributes.put("text", "1");
        attributes.put("yes", true);
        attributes.put("no", false);
        attributes.put("whole", 1L);
        attributes.put("most", Long.MAX_VALUE);
        attributes.put("least", Long.MIN_VALUE);
        attributes.put("one", 1.0);
        attributes.put("tenth", 0.1);
        attributes.put("huge", Double.MAX_VALUE);
        attributes.put("tiny", Double.MIN_VALUE);
        attributes.put("large", 1.0e23);
        attributes.put("empty", "");
        StoredEntry stored = entry(1).with(attributes).build();

        put(stored);

        Map<String, Object> found =
                backend.findDescribed(digest(1)).orElseThrow().metadata().attributes();
        assertThat(found).isEqualTo(attributes);
        attributes.forEach((name, value) -> {
            assertThat(digests(filter(null, "", Map.of(name, value)))).as(name).hasSize(1);
            assertThat(found.get(name)).hasSameClassAs(value);
        });
    }

    @Test
    void attributesOfDifferentTypesAreNeverEqual() {
        List<Object> values = List.of(1L, 1.0, "1", "1.0", true, "true", false, "false", 0L, 0.0, "0", "", "null", 2L);
        for (int i = 0; i < values.size(); i++) {
            put(entry(i).with(Map.of("a", values.get(i))).build());
        }
        put(entry(100).build());
        put(entry(101).with(Map.of("b", 1L)).build());

        for (int i = 0; i < values.size(); i++) {
            assertThat(digests(filter(null, "", Map.of("a", values.get(i)))))
                    .as("%s", values.get(i))
                    .containsExactly(digest(i));
        }
    }

    @Test
    void doublesAreFoundToTheLastBit() {
        long seed = 20260301;
        var random = new Random(seed);
        double[] values = IntStream.range(0, 200)
                .mapToDouble(i -> Double.longBitsToDouble(random.nextLong()))
                .filter(Double::isFinite)
                .toArray();
        for (int i = 0; i < values.length; i++) {
            put(entry(2 * i).with(Map.of("d", values[i])).build());
            put(entry(2 * i + 1).with(Map.of("d", Math.nextUp(values[i]))).build());
        }

        for (int i = 0; i < values.length; i++) {
            assertThat(digests(filter(null, "", Map.of("d", values[i]))))
                    .as("seed %s, %s", seed, values[i])
                    .containsExactly(digest(2 * i));
        }
    }

    @Test
    void attributesOfTheGreatestLengthAreFound() {
        var random = new Random(7);
        var text = new StringBuilder();
        random.ints(65_536, 0x00, 0xd800).forEach(c -> text.append((char) c));
        put(entry(1).with(Map.of("text", text.toString())).build());
        put(entry(2).with(Map.of("text", text.substring(1))).build());

        assertThat(backend.list(filter(null, "", Map.of("text", text.toString())), 0, 10))
                .extracting(EntryMetadata::digest)
                .containsExactly(digest(1));
        assertThat(backend.findDescribed(digest(1)).orElseThrow().metadata().attributes())
                .containsEntry("text", text.toString());
    }

    @Test
    void namesOfAttributesAreTakenLiterally() {
        List<String> names = List.of(
                "a", "a.b", "a-b", "$", "$.a", "[0]", "0", "#", "*", "a\"b", "a'b", "a\\b", "a b", "ä", "a\\", "\"",
                "_", "%");
        for (int i = 0; i < names.size(); i++) {
            put(entry(i).with(Map.of(names.get(i), "here")).build());
        }

        for (int i = 0; i < names.size(); i++) {
            assertThat(digests(filter(null, "", Map.of(names.get(i), "here"))))
                    .as(names.get(i))
                    .containsExactly(digest(i));
        }
    }

    @Test
    void statementsInParametersAreJustText() {
        StoredEntry stored = entry(1).in("n").with(Map.of("a", "b")).build();
        put(stored);
        List<String> corpus = List.of(
                "' or '1'='1",
                "\" or 1=1 --",
                "a') or 1=1; drop table cacheness_entry; --",
                "$.a' = 'b' or '1'='1",
                "$.\"a\"",
                "a\" = 1 or \"x",
                "?1",
                ":name",
                "@p",
                "\u0000",
                "a\u0000b",
                "%' union select * from cacheness_totals --",
                "char(0)",
                "];--",
                "/*",
                "\\");

        for (String text : corpus) {
            assertThat(backend.count(EntryFilter.ofNamespace(text))).as(text).isZero();
            assertThat(backend.count(prefix(text))).as(text).isZero();
            // No attribute has a name with U+0000, and not every database can ask for one.
            assertThat(backend.count(filter(null, "", Map.of(text.replace('\0', '0'), "b"))))
                    .as(text)
                    .isZero();
            assertThat(backend.count(filter(null, "", Map.of("a", text))))
                    .as(text)
                    .isZero();
            assertThat(backend.invalidateMatching(EntryFilter.ofNamespace(text), 9))
                    .as(text)
                    .isEmpty();
            assertThat(backend.invalidateMatching(tagged(text), 9)).as(text).isEmpty();
            assertThat(backend.invalidate(List.of(text))).as(text).isEmpty();
            assertThat(backend.find(text)).as(text).isEmpty();
            assertThat(backend.referencedBlobs(List.of(text))).as(text).isEmpty();
            put(entry(2).in(text)
                    .with(Map.of("t", text))
                    .describedAs(text, Map.of())
                    .build());
            assertThat(digests(filter(text, "", Map.of("t", text)))).as(text).containsExactly(digest(2));
        }
        assertThat(backend.count(EntryFilter.ALL)).isEqualTo(2);
        assertSame(backend.findDescribed(digest(1)).orElseThrow(), stored);
    }

    @Test
    void numbersAreOrderedByValueWhateverTheirType() {
        List<Object> values = List.of(
                -1e300,
                Long.MIN_VALUE,
                -1.5,
                -1L,
                0L,
                0.1,
                0.30000000000000004,
                1L,
                1.5,
                2L,
                9007199254740992.0,
                9007199254740993L,
                Long.MAX_VALUE,
                1e300);
        for (int i = 0; i < values.size(); i++) {
            put(entry(i).with(Map.of("a", values.get(i))).build());
        }
        put(entry(100).with(Map.of("a", "1")).build());
        put(entry(101).with(Map.of("a", true)).build());
        put(entry(102).with(Map.of("b", 1L)).build());
        put(entry(103).build());

        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            int after = i + 1;
            int all = values.size();
            assertThat(digests(compared(Comparison.LESS, value)))
                    .as("< %s", value)
                    .isEqualTo(digestsOf(0, i));
            assertThat(digests(compared(Comparison.AT_MOST, value)))
                    .as("<= %s", value)
                    .isEqualTo(digestsOf(0, after));
            assertThat(digests(compared(Comparison.GREATER, value)))
                    .as("> %s", value)
                    .isEqualTo(digestsOf(after, all));
            assertThat(digests(compared(Comparison.AT_LEAST, value)))
                    .as(">= %s", value)
                    .isEqualTo(digestsOf(i, all));
        }
        assertThat(digests(compared(Comparison.AT_LEAST, 1.0))).isEqualTo(digestsOf(7, values.size()));
        assertThat(digests(compared(Comparison.LESS, 1.0))).isEqualTo(digestsOf(0, 7));
    }

    @Test
    void textsAreOrderedByTheirCodePoints() {
        List<String> values = List.of("", " ", "10", "9", "A", "a", "a'); --", "aa", "ä", "\uFFFD", "\uD83D\uDE80");
        for (int i = 0; i < values.size(); i++) {
            put(entry(i).with(Map.of("a", values.get(i))).build());
        }
        put(entry(100).with(Map.of("a", 5L)).build());

        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            int all = values.size();
            assertThat(digests(compared(Comparison.LESS, value)))
                    .as("< %s", value)
                    .isEqualTo(digestsOf(0, i));
            assertThat(digests(compared(Comparison.AT_MOST, value)))
                    .as("<= %s", value)
                    .isEqualTo(digestsOf(0, i + 1));
            assertThat(digests(compared(Comparison.GREATER, value)))
                    .as("> %s", value)
                    .isEqualTo(digestsOf(i + 1, all));
            assertThat(digests(compared(Comparison.AT_LEAST, value)))
                    .as(">= %s", value)
                    .isEqualTo(digestsOf(i, all));
        }
    }

    @Test
    void attributeExistsOrIsAnotherOne() {
        put(entry(0).with(Map.of("a", 1L)).build());
        put(entry(1).with(Map.of("a", 1.0)).build());
        put(entry(2).with(Map.of("a", "1")).build());
        put(entry(3).with(Map.of("a", false)).build());
        put(entry(4).with(Map.of("b", 1L)).build());
        put(entry(5).build());

        assertThat(digests(compared(Comparison.EXISTS, null))).isEqualTo(digestsOf(0, 4));
        assertThat(digests(compared(Comparison.NOT_EQUAL, 1L))).isEqualTo(digestsOf(1, 4));
        assertThat(digests(compared(Comparison.NOT_EQUAL, false))).isEqualTo(digestsOf(0, 3));
        assertThat(backend.invalidateMatching(compared(Comparison.GREATER, 0L), 10))
                .hasSize(2);
    }

    private static EntryFilter compared(Comparison comparison, @Nullable Object value) {
        return new EntryFilter(null, "", List.of(new AttributeCondition("a", comparison, value)), Set.of(), null);
    }

    private static List<String> digestsOf(int from, int to) {
        return LongStream.range(from, to).mapToObj(EntryFixture::digest).toList();
    }

    @Test
    void attributesAreChangedAddedAndTakenAwayWithoutTouchingTheRest() {
        StoredEntry stored = entry(1).in("models")
                .expiresAt(NOW.plus(SECOND))
                .with(Map.of("stage", "test", "accuracy", 0.95, "old", true))
                .tagged("best")
                .describedAs("text", Map.of("p", "q"))
                .build();
        put(stored);
        Map<String, @Nullable Object> changes = new LinkedHashMap<>();
        changes.put("stage", "production");
        changes.put("runs", 3L);
        changes.put("old", null);
        changes.put("unknown", null);

        boolean changed = backend.updateAttributes(digest(1), NOW, changes);

        assertThat(changed).isTrue();
        StoredEntry expected = entry(1).in("models")
                .expiresAt(NOW.plus(SECOND))
                .with(Map.of("stage", "production", "accuracy", 0.95, "runs", 3L))
                .tagged("best")
                .describedAs("text", Map.of("p", "q"))
                .build();
        StoredEntry actual = backend.findDescribed(digest(1)).orElseThrow();
        assertThat(actual.metadata()).isEqualTo(expected.metadata());
        assertThat(actual.generation()).isEqualTo(stored.generation());
        assertThat(digests(new EntryFilter(null, "", List.of(), Set.of("best"), null)))
                .containsExactly(digest(1));
    }

    @Test
    void attributesCanBeTheFirstOnesAndTheLastOnes() {
        put(entry(1).build());

        assertThat(backend.updateAttributes(digest(1), NOW, Map.of("a", 1L))).isTrue();
        assertThat(digests(filter(null, "", Map.of("a", 1L)))).containsExactly(digest(1));

        Map<String, @Nullable Object> removal = new LinkedHashMap<>();
        removal.put("a", null);
        assertThat(backend.updateAttributes(digest(1), NOW, removal)).isTrue();
        assertThat(backend.findDescribed(digest(1)).orElseThrow().metadata().attributes())
                .isEmpty();
    }

    @Test
    void attributesOfARowThatIsNotAliveStay() {
        put(entry(1).expiresAt(NOW).with(Map.of("a", 1L)).build());

        assertThat(backend.updateAttributes(digest(1), NOW, Map.of("a", 2L))).isFalse();
        assertThat(backend.updateAttributes(digest(2), NOW, Map.of("a", 2L))).isFalse();
        assertThat(backend.findDescribed(digest(1)).orElseThrow().metadata().attributes())
                .containsEntry("a", 1L);
    }

    @Test
    void changesOfManyThreadsAreAllKept() {
        put(entry(1).build());

        inParallel(thread -> {
            for (int i = 0; i < 20; i++) {
                backend.updateAttributes(digest(1), NOW, Map.of("t" + thread + "." + i, 1L));
            }
            return 0;
        });

        assertThat(backend.findDescribed(digest(1)).orElseThrow().metadata().attributes())
                .hasSize(THREADS * 20);
    }

    // tags

    @Test
    void tagsOfAFilterMustAllBeThere() {
        put(entry(1).tagged("a", "b", "c").build());
        put(entry(2).tagged("b").build());
        put(entry(3).tagged("ab", "B", "a b", "_", "%").build());
        put(entry(4).build());

        assertThat(digests(tagged("a"))).containsExactly(digest(1));
        assertThat(digests(tagged("b"))).containsExactly(digest(1), digest(2));
        assertThat(digests(tagged("a", "b"))).containsExactly(digest(1));
        assertThat(digests(tagged("%"))).containsExactly(digest(3));
        assertThat(digests(tagged("a", "ab"))).isEmpty();
        assertThat(digests(tagged("A"))).isEmpty();
        assertThat(digests(tagged())).hasSize(4);
    }

    @Test
    void tagsComeBackSorted() {
        put(entry(1).tagged("z", "a", "m").build());

        assertThat(backend.findDescribed(digest(1)).orElseThrow().metadata().tags())
                .containsExactly("a", "m", "z");
        assertThat(backend.list(EntryFilter.ALL, 0, 1).get(0).tags()).containsExactly("a", "m", "z");
    }

    @Test
    void tagsAreReplacedAndRemovedWithTheirEntry() {
        put(entry(1).tagged("a", "b").build());
        put(entry(1).tagged("b", "c").build());
        put(entry(2).tagged("a").build());
        put(entry(2).build());
        StoredEntry third = entry(3).tagged("d").expiresAt(NOW).build();
        put(third);
        put(entry(4).build());
        put(entry(4).tagged("e").build());

        assertThat(digests(tagged("a"))).isEmpty();
        assertThat(digests(tagged("b"))).containsExactly(digest(1));
        assertThat(digests(tagged("c"))).containsExactly(digest(1));
        assertThat(digests(tagged("e"))).containsExactly(digest(4));

        backend.removeExpired(NOW, 10);
        backend.invalidate(List.of(digest(1)));
        put(entry(1).build());
        put(entry(3).build());

        assertThat(digests(tagged("b"))).isEmpty();
        assertThat(digests(tagged("d"))).isEmpty();
    }

    @Test
    void tagsOutliveAccessesAndNewExpiries() {
        put(entry(1).tagged("a", "b").build());

        backend.setExpiry(digest(1), NOW, NOW.plus(SECOND));
        backend.recordAccesses(List.of(new EntryAccess(digest(1), 2, NOW.plus(SECOND))));

        assertThat(digests(tagged("a", "b"))).containsExactly(digest(1));
        assertThat(backend.findDescribed(digest(1)).orElseThrow().metadata().tags())
                .containsExactly("a", "b");
    }

    @Test
    void entriesAreInvalidatedByTag() {
        put(entry(1).tagged("a").build());
        put(entry(2).tagged("a", "b").build());
        put(entry(3).tagged("b").build());

        assertThat(backend.invalidateMatching(tagged("a"), 1)).hasSize(1);
        assertThat(backend.invalidateMatching(tagged("a"), 10)).hasSize(1);

        assertThat(digests(EntryFilter.ALL)).containsExactly(digest(3));
    }

    // totals

    @Test
    void nothingAddsUpToNothing() {
        assertThat(backend.totals()).isEqualTo(Totals.NONE);
        assertThat(backend.totals("n")).isEqualTo(Totals.NONE);
    }

    @Test
    void totalsFollowEveryChange() {
        StoredEntry first = entry(1).in("a").sized(10).createdAt(NOW).build();
        put(first);
        put(entry(2).in("a").sized(20).createdAt(NOW.plusMillis(5)).build());
        put(entry(3).in("b").sized(0).createdAt(NOW.plusMillis(9)).build());

        assertThat(backend.totals()).isEqualTo(new Totals(3, 30, NOW, NOW.plusMillis(9)));
        assertThat(backend.totals("a")).isEqualTo(new Totals(2, 30, NOW, NOW.plusMillis(5)));

        put(entry(2).in("b").sized(7).createdAt(NOW.plusMillis(6)).build());

        assertThat(backend.totals()).isEqualTo(new Totals(3, 17, NOW, NOW.plusMillis(9)));
        assertThat(backend.totals("a")).isEqualTo(new Totals(1, 10, NOW, NOW));
        assertThat(backend.totals("b")).isEqualTo(new Totals(2, 7, NOW.plusMillis(6), NOW.plusMillis(9)));

        backend.remove(List.of(first.ref()));
        backend.invalidate(List.of(digest(3)));

        assertThat(backend.totals()).isEqualTo(new Totals(1, 7, NOW.plusMillis(6), NOW.plusMillis(6)));
        assertThat(backend.totals("a")).isEqualTo(Totals.NONE);
    }

    @Test
    void totalsBeyondFourGigabytesAreExact() {
        put(entry(1).sized(1L << 40).build());
        put(entry(2).sized((1L << 40) + 1).build());

        assertThat(backend.totals().sizeBytes()).isEqualTo((1L << 41) + 1);
    }

    // blobs

    @Test
    void blobsThatRowsReferToAreKnownAmongThousands() {
        var asked = new ArrayList<String>();
        var expected = new HashSet<String>();
        for (int number = 0; number < 300; number++) {
            put(entry(number).inBlob("blob-" + number).build());
        }
        for (int number = 0; number < 5_000; number++) {
            asked.add("blob-" + number);
            if (number < 300) {
                expected.add("blob-" + number);
            }
        }
        put(entry(1_000).build());

        assertThat(backend.referencedBlobs(asked)).isEqualTo(expected);
        assertThat(backend.referencedBlobs(List.of())).isEmpty();
        assertThat(backend.referencedBlobs(List.of("blob-1"))).containsExactly("blob-1");
    }

    // concurrency

    @Test
    void oneKeyPutAndRemovedByManyThreadsStaysExact() {
        inParallel(thread -> {
            var random = new Random(thread);
            for (int i = 0; i < 100; i++) {
                StoredEntry stored = entry(1).sized(random.nextInt(1_000)).build();
                switch (random.nextInt(4)) {
                    case 0 -> backend.invalidate(List.of(digest(1)));
                    case 1 -> backend.remove(backend.leastRecentlyAccessed(1));
                    default -> put(stored);
                }
            }
            return 0;
        });

        assertTotalsAreExact();
    }

    @Test
    void manyKeysPutAndRemovedByManyThreadsStayExact() {
        inParallel(thread -> {
            var random = new Random(thread);
            for (int i = 0; i < 100; i++) {
                int number = random.nextInt(50);
                switch (random.nextInt(6)) {
                    case 0 -> backend.invalidate(List.of(digest(number), digest(number + 1)));
                    case 1 -> backend.removeExpired(NOW, 3);
                    case 2 -> backend.recordAccesses(List.of(new EntryAccess(digest(number), 1, NOW.plusMillis(i))));
                    case 3 -> backend.setExpiry(digest(number), NOW, null);
                    default ->
                        put(entry(number)
                                .in("n" + number % 3)
                                .sized(random.nextInt(1_000))
                                .expiresAt(NOW.plusMillis(random.nextInt(3) - 1))
                                .build());
                }
            }
            return 0;
        });

        assertTotalsAreExact();
    }

    @Test
    void everyReplacedRowIsNamedToExactlyOnePut() {
        List<Set<String>> replaced = inParallel(thread -> {
            var generations = new HashSet<String>();
            for (int i = 0; i < 50; i++) {
                EntryRef former =
                        backend.put(entry(1).build(), PutCondition.ALWAYS).replaced();
                if (former != null) {
                    generations.add(former.generation());
                }
            }
            return generations;
        });

        long distinct = replaced.stream().flatMap(Set::stream).distinct().count();
        assertThat(distinct).isEqualTo(THREADS * 50L - 1);
        assertThat(replaced.stream().mapToLong(Set::size).sum()).isEqualTo(distinct);
    }

    @Test
    void putIfAbsentHasOneWinner() {
        for (int round = 0; round < 20; round++) {
            int number = round;
            List<Boolean> stored =
                    inParallel(thread -> backend.put(entry(number).build(), new PutCondition.IfAbsent(NOW))
                            .stored());

            assertThat(stored).containsOnlyOnce(true);
        }
    }

    @Test
    void accessesOfManyThreadsAddUp() {
        put(entry(1).build());

        inParallel(thread -> {
            for (int i = 0; i < 50; i++) {
                backend.recordAccesses(List.of(new EntryAccess(digest(1), 1, NOW.plusMillis(i))));
            }
            return 0;
        });

        EntryMetadata metadata = backend.findDescribed(digest(1)).orElseThrow().metadata();
        assertThat(metadata.hits()).isEqualTo(THREADS * 50L);
        assertThat(metadata.accessedAt()).isEqualTo(NOW.plusMillis(49));
    }

    @Test
    void readersSeeWholeRowsWhileTheyAreReplaced() {
        put(entry(1).sized(0).build(new byte[0]));

        inParallel(thread -> {
            for (int i = 0; i < 100; i++) {
                if (thread == 0) {
                    put(entry(1).sized(i).build(new byte[i]));
                } else {
                    StoredEntry found = backend.find(digest(1)).orElseThrow();
                    assertThat(found.content().inline())
                            .hasSize((int) found.metadata().sizeBytes());
                }
            }
            return 0;
        });
    }

    @Test
    void interruptedThreadsDoTheirWorkAndStayInterrupted() {
        List<Boolean> interrupted = inParallel(thread -> {
            Thread.currentThread().interrupt();
            put(entry(thread).build());
            backend.find(digest(thread));
            backend.totals();
            return Thread.interrupted();
        });

        assertThat(interrupted).containsOnly(true);
        assertThat(backend.totals().entries()).isEqualTo(THREADS);
    }

    @Test
    void closingTwiceIsFine() {
        backend.close();
        backend.close();
    }

    private void put(StoredEntry entry) {
        assertThat(backend.put(entry, PutCondition.ALWAYS).stored()).isTrue();
    }

    private @Nullable Instant expiry(long number) {
        return backend.find(digest(number)).orElseThrow().metadata().expiresAt();
    }

    private List<String> digests(EntryFilter filter) {
        List<String> digests = backend.list(filter, 0, 10_000).stream()
                .map(EntryMetadata::digest)
                .toList();
        assertThat(backend.count(filter)).isEqualTo(digests.size());
        return digests;
    }

    private static EntryFilter prefix(String digestPrefix) {
        return new EntryFilter(null, digestPrefix, List.of(), Set.of(), null);
    }

    private static EntryFilter filter(@Nullable String namespace, String prefix, Map<String, Object> attributes) {
        List<AttributeCondition> conditions = attributes.entrySet().stream()
                .map(attribute -> AttributeCondition.equal(attribute.getKey(), attribute.getValue()))
                .toList();
        return new EntryFilter(namespace, prefix, conditions, Set.of(), null);
    }

    private static EntryFilter tagged(String... tags) {
        return new EntryFilter(null, "", List.of(), Set.of(tags), null);
    }

    private void assertTotalsAreExact() {
        List<EntryMetadata> rows = backend.list(EntryFilter.ALL, 0, 10_000);
        Totals totals = backend.totals();
        assertThat(totals.entries()).isEqualTo(rows.size());
        assertThat(totals.sizeBytes())
                .isEqualTo(rows.stream().mapToLong(EntryMetadata::sizeBytes).sum());
    }

    /** Equal in all respects, arrays included. */
    private static void assertSame(StoredEntry actual, StoredEntry expected) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }

    private static <T> List<T> inParallel(Work<T> work) {
        var start = new CyclicBarrier(THREADS);
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<T>> calls = IntStream.range(0, THREADS)
                    .<Callable<T>>mapToObj(thread -> () -> {
                        start.await();
                        return work.in(thread);
                    })
                    .toList();
            var results = new ArrayList<T>();
            for (Future<T> result : executor.invokeAll(calls, 60, TimeUnit.SECONDS)) {
                results.add(result.get());
            }
            return results;
        } catch (Exception e) {
            throw new AssertionError("Parallel work failed", e);
        } finally {
            executor.shutdownNow();
        }
    }

    @FunctionalInterface
    private interface Work<T> {

        T in(int thread) throws Exception;
    }
}
