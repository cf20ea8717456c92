package dev.cacheness.engine;

import static dev.cacheness.PutOption.attribute;
import static dev.cacheness.PutOption.customMetadata;
import static dev.cacheness.PutOption.ttl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.cacheness.CacheClosedException;
import dev.cacheness.CacheKey;
import dev.cacheness.CacheMetadataException;
import dev.cacheness.Cacheness;
import dev.cacheness.CustomMetadata;
import dev.cacheness.CustomMetadataQuery;
import dev.cacheness.CustomMetadataQuery.Match;
import dev.cacheness.EntryQuery;
import dev.cacheness.Indexed;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.Unique;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every cache does with custom metadata, whatever keeps it. */
abstract class CustomMetadataContract {

    enum Stage {
        TEST,
        PRODUCTION
    }

    @CustomMetadata("ml_experiments")
    record Experiment(
            @Indexed String modelType,
            @Unique @Nullable String experimentId,
            @Indexed double accuracy) {}

    @CustomMetadata("runs")
    record Run(int number) {}

    @CustomMetadata("every_type")
    record EveryType(
            boolean yes,
            byte tiny,
            short small,
            int middle,
            long large,
            float single,
            double real,
            char letter,
            @Nullable Boolean maybe,
            @Nullable Integer number,
            @Nullable String text,
            @Nullable Stage stage,
            @Nullable UUID uuid,
            @Nullable BigDecimal decimal,
            @Nullable LocalDate date,
            @Nullable Instant instant,
            @Nullable LocalDateTime dateTime,
            @Nullable Duration duration,
            Optional<String> note,
            Optional<Stage> next,
            @Nullable Double select) {}

    private static final EveryType FULL = new EveryType(
            true,
            Byte.MIN_VALUE,
            Short.MAX_VALUE,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            0.1f,
            -1.0e300,
            '漢',
            false,
            7,
            "größer 漢字 \uD83D\uDE80 ' \" \\ \n ; --",
            Stage.PRODUCTION,
            new UUID(-1, 1),
            new BigDecimal("-12.345"),
            LocalDate.of(0, 1, 1),
            Instant.parse("2026-01-02T03:04:05.123456789Z"),
            LocalDateTime.of(9999, Month.DECEMBER, 31, 23, 59, 59, 999_999_999),
            Duration.ofSeconds(-1, 1),
            Optional.of(""),
            Optional.of(Stage.TEST),
            Double.MIN_VALUE);

    private static final EveryType EMPTY = new EveryType(
            false,
            (byte) 0,
            (short) 0,
            0,
            0,
            0,
            0,
            'a',
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Optional.empty(),
            Optional.empty(),
            null);

    private static final Duration HOUR = Duration.ofHours(1);

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

    // rows and their entries

    @Test
    void everyTypeComesBackAsItWasPut() {
        String full = put(1, FULL);
        String empty = put(2, EMPTY);

        assertThat(cache.query(EveryType.class).list())
                .containsExactlyInAnyOrder(new Match<>(full, FULL), new Match<>(empty, EMPTY));
    }

    @Test
    void matchLeadsToTheValue() {
        put(1, new Experiment("xgboost", "e1", 0.9));

        Match<Experiment> match = cache.query(Experiment.class).first().orElseThrow();

        assertThat(cache.get(match.key().as(String.class))).contains("value 1");
    }

    @Test
    void severalRecordsGoWithOneEntry() {
        String digest = cache.put(
                key(1), "a", customMetadata(new Run(1), new Experiment("m", null, 1)), customMetadata(new Run(2)));

        assertThat(cache.query(Run.class).list()).containsExactly(new Match<>(digest, new Run(2)));
        assertThat(cache.query(Experiment.class).equalTo("modelType", "m").count())
                .isEqualTo(1);
    }

    @Test
    void putReplacesAllRowsOfTheEntry() {
        cache.put(key(1), "a", customMetadata(new Run(1), new Experiment("m", "e", 1)));

        cache.put(key(1), "b", customMetadata(new Experiment("n", "e", 2)));

        assertThat(cache.query(Run.class).count()).isZero();
        assertThat(records(cache.query(Experiment.class))).containsExactly(new Experiment("n", "e", 2));

        cache.put(key(1), "c");

        assertThat(cache.query(Experiment.class).count()).isZero();
        assertThat(cache.get(key(1))).isPresent();
    }

    @Test
    void refusedPutLeavesTheRows() {
        put(1, new Run(1));

        assertThat(cache.putIfAbsent(key(1), "b", customMetadata(new Run(2)))).isFalse();
        assertThat(cache.replace(key(2), "b", customMetadata(new Run(3)))).isFalse();

        assertThat(records(cache.query(Run.class))).containsExactly(new Run(1));
    }

    @Test
    void conditionalPutsStoreRows() {
        assertThat(cache.putIfAbsent(key(1), "b", customMetadata(new Run(2)))).isTrue();
        assertThat(cache.replace(key(1), "b", customMetadata(new Run(3)))).isTrue();
        assertThat(cache.getOrCompute(key(2), k -> "c", customMetadata(new Run(4))))
                .isEqualTo("c");

        assertThat(records(cache.query(Run.class).orderBy("number"))).containsExactly(new Run(3), new Run(4));
    }

    @Test
    void rowsGoWithTheirEntries() {
        for (int i = 0; i < 6; i++) {
            put(i, new Run(i));
        }

        cache.invalidate(key(0));
        assertThat(numbers(cache.query(Run.class))).containsExactly(1, 2, 3, 4, 5);
        cache.invalidateWhere(EntryQuery.all()
                .withDigestPrefix(cache.metadata(key(1)).orElseThrow().digest()));
        assertThat(numbers(cache.query(Run.class))).containsExactly(2, 3, 4, 5);
        cache.clear();
        assertThat(cache.query(Run.class).count()).isZero();
        put(0, new Run(9));
        assertThat(numbers(cache.query(Run.class))).containsExactly(9);
    }

    @Test
    void expiredEntriesAreNotFound() {
        cache.put(key(1), "a", ttl(HOUR), customMetadata(new Run(1)));
        put(2, new Run(2));
        clock.advance(HOUR);

        assertThat(numbers(cache.query(Run.class))).containsExactly(2);
        assertThat(cache.query(Run.class).count()).isEqualTo(1);
        assertThat(cache.query("runs", Map.of())).hasSize(1);
        assertThat(cache.cleanUpExpired()).isEqualTo(1);
        assertThat(cache.query(Run.class).invalidate()).isEqualTo(1);
    }

    @Test
    void rowsOutliveTouchReadsAndUpdates() {
        cache.put(key(1), "a", ttl(HOUR), customMetadata(new Run(1)), attribute("a", 1));

        cache.get(key(1));
        cache.touch(key(1), ttl(HOUR.multipliedBy(2)));
        cache.updateMetadata(key(1), Map.of("a", 2));
        clock.advance(HOUR);

        assertThat(numbers(cache.query(Run.class))).containsExactly(1);
    }

    @Test
    void touchTakesNoRecords() {
        put(1, new Run(1));

        assertThatIllegalArgumentException().isThrownBy(() -> cache.touch(key(1), customMetadata(new Run(2))));
    }

    // unique values

    @Test
    void uniqueValueOfAnotherEntryIsRefusedAndNothingIsStored() {
        String first = put(1, new Experiment("m", "e1", 0.5));
        cache.put(key(2), "old");

        assertThatExceptionOfType(CacheMetadataException.class)
                .isThrownBy(() -> cache.put(key(2), "new", customMetadata(new Experiment("n", "e1", 0.6), new Run(2))))
                .withMessageContaining("experimentId")
                .withMessageContaining("ml_experiments")
                .withMessageContaining(first)
                .withMessageContaining("e1");

        assertThat(cache.get(key(2))).contains("old");
        assertThat(records(cache.query(Experiment.class))).containsExactly(new Experiment("m", "e1", 0.5));
        assertThat(cache.query(Run.class).count()).isZero();
        put(1, new Experiment("m", "e1", 0.7));
        put(3, new Experiment("m", null, 0.7));
        put(4, new Experiment("m", null, 0.7));
        assertThat(cache.query(Experiment.class).count()).isEqualTo(3);
    }

    @Test
    void uniqueValueIsFreeAgainWithItsEntry() {
        cache.put(key(1), "a", ttl(HOUR), customMetadata(new Experiment("m", "e1", 1)));
        put(2, new Experiment("m", "e2", 2));
        clock.advance(HOUR);
        cache.invalidate(key(2));

        put(3, new Experiment("m", "e1", 3));
        put(4, new Experiment("m", "e2", 4));

        assertThat(cache.query(Experiment.class).count()).isEqualTo(2);
    }

    // queries

    @Test
    void comparisonsSelectByValue() {
        for (int i = 0; i < 5; i++) {
            put(i, new Run(i));
        }
        CustomMetadataQuery<Run> all = cache.query(Run.class);

        assertThat(numbers(all.equalTo("number", 2))).containsExactly(2);
        assertThat(numbers(all.equalTo("number", 2L))).containsExactly(2);
        assertThat(numbers(all.notEqualTo("number", 2))).containsExactly(0, 1, 3, 4);
        assertThat(numbers(all.lessThan("number", 2))).containsExactly(0, 1);
        assertThat(numbers(all.atMost("number", 2))).containsExactly(0, 1, 2);
        assertThat(numbers(all.greaterThan("number", 2))).containsExactly(3, 4);
        assertThat(numbers(all.atLeast("number", 2))).containsExactly(2, 3, 4);
        assertThat(numbers(all.between("number", 1, 3))).containsExactly(1, 2, 3);
        assertThat(numbers(all.in("number", List.of(4, 0, 9)))).containsExactly(0, 4);
        assertThat(numbers(all.in("number", List.of()))).isEmpty();
        assertThat(numbers(all.greaterThan("number", 0).lessThan("number", 3))).containsExactly(1, 2);
        assertThat(numbers(all.anyOf(any -> any.equalTo("number", 1)
                        .allOf(both -> both.atLeast("number", 3).notEqualTo("number", 4)))))
                .containsExactly(1, 3);
        assertThat(numbers(all.anyOf(any -> any))).isEmpty();
        assertThat(numbers(all.allOf(both -> both))).hasSize(5);
    }

    @Test
    void everyKindOfValueCanBeCompared() {
        put(1, FULL);
        put(2, EMPTY);
        CustomMetadataQuery<EveryType> all = cache.query(EveryType.class);

        assertThat(all.equalTo("yes", true).count()).isEqualTo(1);
        assertThat(all.lessThan("tiny", -127).count()).isEqualTo(1);
        assertThat(all.equalTo("large", Long.MAX_VALUE).count()).isEqualTo(1);
        assertThat(all.equalTo("single", 0.1f).count()).isEqualTo(1);
        assertThat(all.equalTo("single", 0.1).count()).isEqualTo(1);
        assertThat(all.atMost("real", -1.0e300).count()).isEqualTo(1);
        assertThat(all.lessThan("real", 1).count()).isEqualTo(2);
        assertThat(all.equalTo("real", -0.0).count()).isEqualTo(1);
        assertThat(all.equalTo("letter", '漢').count()).isEqualTo(1);
        assertThat(all.equalTo("maybe", false).count()).isEqualTo(1);
        assertThat(all.equalTo("text", FULL.text()).count()).isEqualTo(1);
        assertThat(all.equalTo("stage", Stage.PRODUCTION).count()).isEqualTo(1);
        assertThat(all.equalTo("stage", "PRODUCTION").count()).isEqualTo(1);
        assertThat(all.equalTo("uuid", new UUID(-1, 1)).count()).isEqualTo(1);
        assertThat(all.equalTo("decimal", new BigDecimal("-12.34500")).count()).isEqualTo(1);
        assertThat(all.lessThan("decimal", -12).count()).isEqualTo(1);
        assertThat(all.between("date", LocalDate.of(0, 1, 1), LocalDate.of(0, 1, 2))
                        .count())
                .isEqualTo(1);
        assertThat(all.greaterThan("instant", FULL.instant().minusNanos(1)).count())
                .isEqualTo(1);
        assertThat(all.greaterThan("instant", FULL.instant()).count()).isZero();
        assertThat(all.atLeast("dateTime", FULL.dateTime()).count()).isEqualTo(1);
        assertThat(all.lessThan("duration", Duration.ZERO).count()).isEqualTo(1);
        assertThat(all.equalTo("note", "").count()).isEqualTo(1);
        assertThat(all.isNull("next").count()).isEqualTo(1);
        assertThat(all.isNotNull("select").count()).isEqualTo(1);
        assertThat(all.notEqualTo("select", 1.0).count()).isEqualTo(1);
    }

    @Test
    void prefixIsAPrefixAndNoPattern() {
        List<String> texts = List.of(
                "model_a",
                "modelXa",
                "MODEL_b",
                "model%",
                "",
                "mod",
                "\uDBFF\uDFFF",
                "\uDBFF\uDFFFx",
                "\uD7FFz",
                "\uE000");
        for (int i = 0; i < texts.size(); i++) {
            put(i, new Experiment(texts.get(i), null, i));
        }
        CustomMetadataQuery<Experiment> all = cache.query(Experiment.class);

        for (String prefix : List.of("model_", "model%", "mod", "", "MODEL", "%", "_", "\uDBFF\uDFFF", "\uD7FF", "x")) {
            assertThat(records(all.startsWith("modelType", prefix)))
                    .as(prefix)
                    .extracting(Experiment::modelType)
                    .containsExactlyInAnyOrderElementsOf(texts.stream()
                            .filter(text -> text.startsWith(prefix))
                            .toList());
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all.startsWith("accuracy", "0"))
                .withMessageContaining("accuracy")
                .withMessageContaining("REAL");
    }

    @Test
    void ordersAreStableAndNullComesFirst() {
        put(1, new Experiment("b", "e1", 1));
        put(2, new Experiment("a", null, 2));
        put(3, new Experiment("b", "e3", 3));
        put(4, new Experiment("a", "e4", 2));
        CustomMetadataQuery<Experiment> all = cache.query(Experiment.class);

        assertThat(ids(all.orderBy("experimentId"))).containsExactly(null, "e1", "e3", "e4");
        assertThat(ids(all.orderByDescending("experimentId"))).containsExactly("e4", "e3", "e1", null);
        assertThat(ids(all.orderBy("modelType").orderByDescending("accuracy").orderBy("experimentId")))
                .containsExactly(null, "e4", "e3", "e1");
    }

    @Test
    void newestComesFirstWithoutAnOrderAndPagesAreParts() {
        for (int i = 0; i < 10; i++) {
            put(i, new Run(i));
            clock.advance(Duration.ofSeconds(1));
        }
        CustomMetadataQuery<Run> all = cache.query(Run.class);

        assertThat(all.list())
                .extracting(match -> match.record().number())
                .startsWith(9, 8, 7)
                .hasSize(10);
        assertThat(all.offset(2).limit(3).list())
                .extracting(match -> match.record().number())
                .containsExactly(7, 6, 5);
        assertThat(all.offset(8).limit(3).stream().map(match -> match.record().number()))
                .containsExactly(1, 0);
        assertThat(all.offset(10).first()).isEmpty();
        assertThat(all.limit(2).offset(1).first().orElseThrow().record().number())
                .isEqualTo(8);
        assertThat(all.offset(3).limit(2).count()).isEqualTo(10);
        for (int limit : new int[] {0, -1, 10_001, 1_000_000_000}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> all.limit(limit))
                    .withMessageContaining("1 to 10000")
                    .withMessageContaining(Integer.toString(limit));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> all.offset(-1)).withMessageContaining("-1");
    }

    @Test
    void matchingEntriesAreInvalidated() {
        for (int i = 0; i < 1_500; i++) {
            put(i, new Run(i));
        }

        assertThat(cache.query(Run.class).atLeast("number", 10).limit(1).invalidate())
                .isEqualTo(1_490);

        assertThat(numbers(cache.query(Run.class))).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(cache.exists(key(10))).isFalse();
        assertThat(cache.exists(key(9))).isTrue();
        assertThat(cache.count(EntryQuery.all())).isEqualTo(10);
    }

    @Test
    void loadUnderWayIsNotStoredAfterAnInvalidation() {
        put(1, new Run(1));

        Object loaded = cache.getOrCompute(key(2), k -> {
            cache.query(Run.class).invalidate();
            return "stale";
        });

        assertThat(loaded).isEqualTo("stale");
        assertThat(cache.get(key(2))).isEmpty();
    }

    @Test
    void answersAreThoseOfAModel() {
        long seed = 20260302;
        var random = new Random(seed);
        var rows = new LinkedHashMap<String, Experiment>();
        for (int i = 0; i < 200; i++) {
            var row = new Experiment("m" + random.nextInt(5), "e" + i, random.nextInt(20) / 10.0 - 1);
            rows.put(put(i, row), row);
        }
        for (int round = 0; round < 200; round++) {
            double bound = random.nextInt(24) / 10.0 - 1.2;
            String type = "m" + random.nextInt(6);
            int comparison = random.nextInt(4);
            CustomMetadataQuery<Experiment> query = cache.query(Experiment.class)
                    .anyOf(any -> any.equalTo("modelType", type).allOf(all -> switch (comparison) {
                        case 0 -> all.lessThan("accuracy", bound);
                        case 1 -> all.atMost("accuracy", bound);
                        case 2 -> all.greaterThan("accuracy", bound);
                        default -> all.notEqualTo("accuracy", bound);
                    }));
            long expected = rows.values().stream()
                    .filter(row -> row.modelType().equals(type)
                            || switch (comparison) {
                                case 0 -> row.accuracy() < bound;
                                case 1 -> row.accuracy() <= bound;
                                case 2 -> row.accuracy() > bound;
                                default -> row.accuracy() != bound;
                            })
                    .count();

            assertThat(query.count()).as("seed %s, round %s", seed, round).isEqualTo(expected);
            assertThat(query.list())
                    .hasSize((int) expected)
                    .allSatisfy(match -> assertThat(match.record()).isEqualTo(rows.get(match.digest())));
        }
    }

    @Test
    void decimalsAreOrderedByValue() {
        List<BigDecimal> numbers = new ArrayList<>(List.of(
                new BigDecimal("-1E+400"),
                new BigDecimal("-100"),
                new BigDecimal("-12.5"),
                new BigDecimal("-12.49"),
                new BigDecimal("-1"),
                new BigDecimal("-0.1"),
                new BigDecimal("-1E-400"),
                BigDecimal.ZERO,
                new BigDecimal("1E-400"),
                new BigDecimal("0.09"),
                new BigDecimal("0.1"),
                new BigDecimal("1"),
                new BigDecimal("9.99"),
                new BigDecimal("10"),
                new BigDecimal("12.49"),
                new BigDecimal("12.5"),
                new BigDecimal("123456789012345678901234567890.123456789"),
                new BigDecimal("1E+400")));
        List<BigDecimal> shuffled = new ArrayList<>(numbers);
        Collections.shuffle(shuffled, new Random(1));
        for (int i = 0; i < shuffled.size(); i++) {
            put(i, new Price(shuffled.get(i)));
        }

        assertThat(records(cache.query(Price.class).orderBy("amount")))
                .extracting(Price::amount)
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactlyElementsOf(numbers);
        assertThat(cache.query(Price.class)
                        .greaterThan("amount", new BigDecimal("9.990"))
                        .count())
                .isEqualTo(5);
        assertThat(cache.query(Price.class).equalTo("amount", 1).count()).isEqualTo(1);
    }

    @CustomMetadata("prices")
    record Price(BigDecimal amount) {}

    // by name

    @Test
    void tablesAreQueriedByName() {
        String digest = put(1, new Experiment("xgboost", "e1", 0.9));
        put(2, new Experiment("linear", null, 0.5));
        put(3, FULL);

        assertThat(cache.query("ml_experiments", Map.of("modelType", "xgboost")))
                .containsExactly(
                        Map.of("digest", digest, "modelType", "xgboost", "experimentId", "e1", "accuracy", 0.9));
        Map<String, @Nullable Object> withoutId = new LinkedHashMap<>();
        withoutId.put("experimentId", null);
        assertThat(cache.query("ml_experiments", withoutId))
                .singleElement()
                .satisfies(row ->
                        assertThat(row).containsEntry("modelType", "linear").containsEntry("experimentId", null));
        assertThat(cache.query("every_type", Map.of("stage", "PRODUCTION")))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("yes", true)
                        .containsEntry("middle", (long) Integer.MIN_VALUE)
                        .containsEntry("stage", "PRODUCTION")
                        .containsEntry("uuid", FULL.uuid())
                        .containsEntry("decimal", FULL.decimal())
                        .containsEntry("date", FULL.date())
                        .containsEntry("instant", FULL.instant())
                        .containsEntry("dateTime", FULL.dateTime())
                        .containsEntry("duration", FULL.duration()));
    }

    @Test
    void unknownNamesAreRefusedWithThoseThatAre() {
        put(1, new Experiment("m", null, 1));
        put(2, new Run(1));

        for (String name :
                List.of("nothing", "ml_experiments\"; drop table cacheness_entry; --", "", "ML_EXPERIMENTS")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cache.query(name, Map.of()))
                    .withMessageContaining(name)
                    .withMessageContaining("ml_experiments, runs");
        }
        for (String name : List.of("model_type", "accuracy\" or 1=1 --", "digest", "'")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cache.query("ml_experiments", Map.of(name, "x")))
                    .withMessageContaining(name)
                    .withMessageContaining("modelType, experimentId, accuracy");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cache.query(Experiment.class).equalTo(name, "x"))
                    .withMessageContaining("modelType, experimentId, accuracy");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cache.query(Experiment.class).orderBy(name));
        }
        assertThat(cache.count(EntryQuery.all())).isEqualTo(2);
    }

    @Test
    void statementsInValuesAreJustText() {
        for (String text : List.of("' or '1'='1", "a'); drop table cacheness_entry; --", "%", "?1", "\\", "\"")) {
            assertThat(cache.query(Experiment.class).equalTo("modelType", text).count())
                    .isZero();
            put(1, new Experiment(text, text, 1));
            assertThat(records(cache.query(Experiment.class).in("modelType", List.of(text, "x"))))
                    .containsExactly(new Experiment(text, text, 1));
            assertThat(cache.query("ml_experiments", Map.of("experimentId", text)))
                    .hasSize(1);
        }
    }

    // bad input

    @Test
    void valuesOfAnotherTypeAreRefused() {
        CustomMetadataQuery<Experiment> query = cache.query(Experiment.class);

        for (Object value : List.of("abc", true, Double.NaN, new BigDecimal("1"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> query.greaterThan("accuracy", value))
                    .withMessageContaining("accuracy")
                    .withMessageContaining("number");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> query.in("modelType", List.of("a", 1)))
                .withMessageContaining("expected a String, but got a java.lang.Integer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> query.in("accuracy", Collections.nCopies(1_001, 1.0)))
                .withMessageContaining("1000");
        assertThatNullPointerException().isThrownBy(() -> query.equalTo("modelType", nothing()));
    }

    @SuppressWarnings("NullAway")
    private static Object nothing() {
        return Optional.<Object>empty().orElse(null);
    }

    @Test
    void valuesThatNoColumnHoldsAreRefusedAndNothingIsStored() {
        List<Record> records = List.of(
                new Experiment("m", null, Double.NaN),
                new Experiment("m", null, Double.NEGATIVE_INFINITY),
                new Experiment("a\0b", null, 1),
                new Experiment("half\uD83D", null, 1),
                new Experiment("x".repeat(65_537), null, 1),
                new Moment(Instant.MAX, Duration.ZERO),
                new Moment(Instant.EPOCH, Duration.ofSeconds(Long.MAX_VALUE)));
        for (Record record : records) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cache.put(key(1), "a", customMetadata(record)))
                    .withMessageContaining("Component '")
                    .withMessageContaining(record.getClass().getName());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cache.getOrCompute(
                            key(1),
                            k -> {
                                throw new AssertionError("must not load");
                            },
                            customMetadata(record)));
        }
        assertThat(cache.exists(key(1))).isFalse();
    }

    @CustomMetadata("moments")
    record Moment(Instant at, Duration length) {}

    record NoMetadata(int a) {}

    @CustomMetadata("with_list")
    record WithList(int a, List<String> tags) {}

    @CustomMetadata("with_offset")
    record WithOffset(OffsetDateTime at) {}

    @CustomMetadata("nested")
    record Nested(Optional<Optional<String>> a) {}

    @CustomMetadata("with_digest")
    record WithDigest(String digest) {}

    @CustomMetadata("snake")
    record Snake(String model_type) {}

    @CustomMetadata("nothing")
    record Nothing() {}

    @CustomMetadata("a'; drop table cacheness_entry; --")
    record Injection(int a) {}

    @CustomMetadata("runs")
    record OtherRun(int number) {}

    @Test
    void recordsThatAreNoTablesAreRefused() {
        Map<Record, List<String>> reasons = new LinkedHashMap<>();
        reasons.put(new NoMetadata(1), List.of("NoMetadata", "@CustomMetadata"));
        reasons.put(new WithList(1, List.of()), List.of("WithList", "'tags'", "java.util.List<java.lang.String>"));
        reasons.put(new WithOffset(OffsetDateTime.MAX), List.of("WithOffset", "'at'", "OffsetDateTime"));
        reasons.put(new Nested(Optional.empty()), List.of("Nested", "'a'"));
        reasons.put(new WithDigest("a"), List.of("WithDigest", "'digest'"));
        reasons.put(new Snake("a"), List.of("Snake", "'model_type'"));
        reasons.put(new Nothing(), List.of("Nothing", "no components"));
        reasons.put(new Injection(1), List.of("Injection", "a'; drop"));

        reasons.forEach((record, parts) -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cache.put(key(1), "a", customMetadata(record)))
                    .satisfies(e -> assertThat(e.getMessage()).contains(parts));
            assertThatIllegalArgumentException().isThrownBy(() -> cache.query(record.getClass()));
        });
        assertThat(cache.exists(key(1))).isFalse();
    }

    @Test
    void twoRecordsCannotClaimOneTable() {
        put(1, new Run(1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> put(2, new OtherRun(1)))
                .withMessageContaining(Run.class.getName())
                .withMessageContaining(OtherRun.class.getName())
                .withMessageContaining("'runs'");
    }

    @Test
    void closedCacheAnswersNothing() {
        CustomMetadataQuery<Run> query = cache.query(Run.class);
        cache.close();

        assertThatExceptionOfType(CacheClosedException.class).isThrownBy(query::list);
        assertThatExceptionOfType(CacheClosedException.class).isThrownBy(query::count);
        assertThatExceptionOfType(CacheClosedException.class).isThrownBy(query::invalidate);
        assertThatExceptionOfType(CacheClosedException.class).isThrownBy(() -> cache.query(Run.class));
        assertThatExceptionOfType(CacheClosedException.class).isThrownBy(() -> cache.query("runs", Map.of()));
    }

    static CacheKey<Object> key(int number) {
        return CacheKey.of("number", number);
    }

    String put(int number, Record record) {
        return cache.put(key(number), "value " + number, customMetadata(record));
    }

    static <R extends Record> List<R> records(CustomMetadataQuery<R> query) {
        List<R> records = query.list().stream().map(Match::record).toList();
        assertThat(query.count()).isEqualTo(records.size());
        return records;
    }

    static List<Integer> numbers(CustomMetadataQuery<Run> query) {
        return records(query.orderBy("number")).stream().map(Run::number).toList();
    }

    private static List<@Nullable String> ids(CustomMetadataQuery<Experiment> query) {
        var ids = new ArrayList<@Nullable String>();
        records(query).forEach(experiment -> ids.add(experiment.experimentId()));
        return ids;
    }
}
