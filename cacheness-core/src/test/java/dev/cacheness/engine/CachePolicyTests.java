package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.EntryMetadata;
import dev.cacheness.MemoryLayerStats;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.PutOption;
import dev.cacheness.spi.NullValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CachePolicyTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Duration HOUR = Duration.ofHours(1);

    private final MutableInstantSource clock = new MutableInstantSource(Instant.parse("2026-01-02T03:04:05Z"));

    private final CachenessBuilder builder = CachenessBuilder.inMemory().clock(clock);

    private Cacheness cache = builder.build();

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void nameComesBeforePatternsAndLongerPatternsBeforeShorterOnesPointByPoint() {
        open(it -> it.defaultTtl(Duration.ofDays(9))
                .policy("*", CachePolicy.builder().codec("gzip").handler("json").build())
                .policy(
                        "reports-*",
                        CachePolicy.builder().ttl(HOUR).codec("lz4").build())
                .policy(
                        "reports-daily-*",
                        CachePolicy.builder().ttl(Duration.ofHours(2)).build())
                .policy(
                        "reports-daily-us",
                        CachePolicy.builder().softTtl(MINUTE).build()));

        assertThat(policy("reports-daily-us").softTtl()).isEqualTo(MINUTE);
        assertThat(policy("reports-daily-us").ttl()).isEqualTo(Duration.ofHours(2));
        assertThat(policy("reports-daily-us").codec()).isEqualTo("lz4");
        assertThat(policy("reports-daily-us").handler()).isEqualTo("json");
        assertThat(policy("reports-1").ttl()).isEqualTo(HOUR);
        assertThat(policy("reports-1").softTtl()).isNull();
        assertThat(policy("other").ttl()).isEqualTo(Duration.ofDays(9));
        assertThat(policy("other").codec()).isEqualTo("gzip");
    }

    @Test
    void everythingThatIsAPatternElsewhereIsOnlyTextInAName() {
        open(it -> it.policy("a.b+*", CachePolicy.builder().ttl(HOUR).build())
                .policy("\\Q\\E*x", CachePolicy.builder().ttl(MINUTE).build()));

        assertThat(policy("a.b+1").ttl()).isEqualTo(HOUR);
        assertThat(policy("acbb1").ttl()).isNull();
        assertThat(policy("\\Q\\Eanyx").ttl()).isEqualTo(MINUTE);
    }

    @Test
    void policiesInForceCanBeAskedFor() {
        open(it -> it.policy("a", CachePolicy.builder().ttl(HOUR).build()));
        cache.put(key("seen"), "value");

        Map<String, CachePolicy> policies =
                cache.unwrap(CachePolicies.class).orElseThrow().policies();

        assertThat(policies).containsOnlyKeys("a", "seen");
        assertThat(policies.get("a").codec()).isEqualTo("zstd");
    }

    @Test
    void codecHandlerAndKeyParametersFollowThePolicy() {
        open(it -> it.policy(
                "a",
                CachePolicy.builder()
                        .codec("gzip")
                        .handler("json")
                        .storeKeyParameters(false)
                        .build()));
        String value = "value".repeat(1_000);

        cache.put(key("a"), value);
        cache.put(key("b"), value);

        EntryMetadata there = cache.metadata(key("a")).orElseThrow();
        assertThat(there.codec()).isEqualTo("gzip");
        assertThat(there.handler()).isEqualTo("json");
        assertThat(there.keyParameters()).isEmpty();
        assertThat(cache.metadata(key("b")).orElseThrow().codec()).isEqualTo("zstd");
        assertThat(cache.metadata(key("b")).orElseThrow().keyParameters()).isNotEmpty();
        assertThat(cache.get(key("a"))).contains(value);
    }

    @Test
    void levelOfOneCodecIsNotTakenForAnother() {
        open(it -> it.codec("zstd")
                .codecLevel(19)
                .policy("a", CachePolicy.builder().codec("lz4").build()));

        assertThat(policy("a").codecLevel()).isNull();
        assertThat(policy("b").codecLevel()).isEqualTo(19);
    }

    @Test
    void memoryLayerKeepsNothingOfNamespacesThatAreNotToBeThere() {
        open(it -> it.memoryLayer(new MemoryLayerSettings(MemoryPolicy.LRU, 10, HOUR, true))
                .policy("a", CachePolicy.builder().memory(MemoryUse.OFF).build()));
        for (String namespace : List.of("a", "b")) {
            cache.put(key(namespace), "value");
            cache.get(key(namespace));
            cache.get(key(namespace));
        }

        MemoryLayerStats stats = cache.unwrap(MemoryLayerStats.class).orElseThrow();
        assertThat(stats.hits()).isEqualTo(1);
        assertThat(stats.misses()).isEqualTo(3);
    }

    @Test
    void jitterOnlyShortens() {
        open(it -> it.defaultTtl(HOUR)
                .policy("a", CachePolicy.builder().jitter(0.5).build()));

        List<Duration> lives = IntStream.range(0, 200)
                .mapToObj(i -> {
                    cache.put(key("a", i), "value");
                    return Duration.between(
                            clock.instant(),
                            cache.metadata(key("a", i)).orElseThrow().expiresAt());
                })
                .toList();

        assertThat(lives).allMatch(life -> life.compareTo(HOUR) <= 0 && life.compareTo(HOUR.dividedBy(2)) >= 0);
        assertThat(lives.stream().distinct()).hasSizeGreaterThan(100);
    }

    @Test
    void nullsAndEmptyResultsLiveAsLongAsThePolicySays() {
        open(it -> it.defaultTtl(HOUR)
                .policy(
                        "a",
                        CachePolicy.builder()
                                .nullTtl(MINUTE)
                                .emptyTtl(MINUTE.multipliedBy(2))
                                .build()));

        cache.put(key("a", 1), NullValue.INSTANCE, PutOption.ttl(Duration.ofDays(1)));
        cache.put(key("a", 2), List.of());
        cache.put(key("a", 3), List.of("one"));
        cache.put(key("a", 4), new int[0], PutOption.ttl(Duration.ofSeconds(1)));

        assertThat(lifeOf(key("a", 1))).isEqualTo(MINUTE);
        assertThat(lifeOf(key("a", 2))).isEqualTo(MINUTE.multipliedBy(2));
        assertThat(lifeOf(key("a", 3))).isEqualTo(HOUR);
        assertThat(lifeOf(key("a", 4))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void nullThatIsNotToBeKeptRemovesTheFormerValue() {
        open(it -> it.policy("a", CachePolicy.builder().nullTtl(Duration.ZERO).build()));
        cache.put(key("a"), "former");

        cache.put(key("a"), NullValue.INSTANCE);

        assertThat(cache.exists(key("a"))).isFalse();
        assertThat(cache.putIfAbsent(key("a"), NullValue.INSTANCE)).isFalse();
        assertThat(cache.getOrCompute(key("a"), key -> NullValue.INSTANCE)).isSameAs(NullValue.INSTANCE);
        assertThat(cache.exists(key("a"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ttl            | -1
        soft-ttl       | 0
        idle-ttl       | -1
        null-ttl       | -1
        stale-if-error | 0
        hard-timeout   | -5
        """)
    void durationsThatMakeNoSenseAreRefused(String point, long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        CachePolicy.Builder policy = CachePolicy.builder();
        switch (point) {
            case "ttl" -> policy.ttl(time);
            case "soft-ttl" -> policy.softTtl(time);
            case "idle-ttl" -> policy.idleTtl(time);
            case "null-ttl" -> policy.nullTtl(time);
            case "stale-if-error" -> policy.staleIfError(time);
            default -> policy.hardTimeout(time);
        }

        assertRefused(it -> it.policy("a", policy.build()), "cacheness.caches.a." + point);
    }

    @Test
    void contradictionsAreRefusedAlsoBetweenPolicies() {
        assertRefused(
                it -> it.policy("a*", CachePolicy.builder().ttl(MINUTE).build())
                        .policy("ab", CachePolicy.builder().softTtl(HOUR).build()),
                "cacheness.caches.ab.soft-ttl");
        assertRefused(
                it -> it.policy("a*", CachePolicy.builder().softTimeout(MINUTE).build()),
                "cacheness.caches[a*].soft-timeout");
        assertRefused(
                it -> it.policy(
                        "a",
                        CachePolicy.builder()
                                .staleIfError(HOUR)
                                .softTimeout(HOUR)
                                .hardTimeout(MINUTE)
                                .build()),
                "cacheness.caches.a.soft-timeout");
    }

    @Test
    void unknownNamesAreRefusedWithTheNearestOne() {
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> builder.policy(
                                "a", CachePolicy.builder().codec("zstdd").build())
                        .build())
                .withMessageContaining("cacheness.caches.a.codec=zstdd")
                .withMessageContaining("Did you mean 'zstd'?");
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> builder.policy(
                                "a", CachePolicy.builder().handler("jsom").build())
                        .build())
                .withMessageContaining("cacheness.caches.a.handler=jsom")
                .withMessageContaining("Did you mean 'json'?");
        assertRefused(
                it -> it.policy(
                        "a", CachePolicy.builder().codec("lz4").codecLevel(99).build()),
                "cacheness.caches.a.codec-level");
    }

    private static void assertRefused(UnaryOperator<CachenessBuilder> settings, String property) {
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> settings.apply(CachenessBuilder.inMemory()).build())
                .satisfies(ex -> assertThat(ex.property()).isEqualTo(property));
    }

    private void open(UnaryOperator<CachenessBuilder> settings) {
        cache.close();
        cache = settings.apply(CachenessBuilder.inMemory().clock(clock)).build();
    }

    private CachePolicy policy(String namespace) {
        return cache.unwrap(CachePolicies.class).orElseThrow().policy(namespace);
    }

    private Duration lifeOf(CacheKey<?> key) {
        return Duration.between(
                clock.instant(), cache.metadata(key).orElseThrow().expiresAt());
    }

    private static CacheKey<Object> key(String namespace) {
        return key(namespace, 1);
    }

    private static CacheKey<Object> key(String namespace, int id) {
        return CacheKey.in(namespace, Map.of("id", id));
    }
}
