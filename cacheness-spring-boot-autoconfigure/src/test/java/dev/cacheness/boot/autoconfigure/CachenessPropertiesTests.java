package dev.cacheness.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.Durability;
import dev.cacheness.engine.CachePolicy;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.engine.LoadScope;
import dev.cacheness.engine.MemoryLayerSettings;
import dev.cacheness.engine.MemoryUse;
import dev.cacheness.engine.PutFailures;
import dev.cacheness.spi.Eviction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class CachenessPropertiesTests {

    @Test
    void defaultsAreThoseOfTheBuilder() {
        CachenessProperties properties = bind(Map.of());

        assertThat(properties.enabled()).isTrue();
        assertThat(properties.metadata().memory())
                .isEqualTo(new CachenessProperties.Memory(
                        false,
                        MemoryLayerSettings.DEFAULT.policy(),
                        MemoryLayerSettings.DEFAULT.maxEntries(),
                        MemoryLayerSettings.DEFAULT.ttl(),
                        MemoryLayerSettings.DEFAULT.stats()));
        assertThat(properties.defaultTtl()).isNull();
        assertThat(properties.storage().dir()).isEqualTo(CachenessBuilder.DEFAULT_DIRECTORY);
        assertThat(properties.storage().maxSize().toBytes()).isEqualTo(CachenessBuilder.DEFAULT_MAX_SIZE_BYTES);
        assertThat(properties.storage().cleanupOnInit()).isFalse();
        assertThat(properties.storage().durability()).isEqualTo(CachenessBuilder.DEFAULT_DURABILITY);
        assertThat(properties.storage().inlineThreshold().toBytes())
                .isEqualTo(CachenessBuilder.DEFAULT_INLINE_THRESHOLD_BYTES);
        assertThat(properties.metadata().backend()).isEqualTo(CachenessBuilder.DEFAULT_METADATA_BACKEND);
        assertThat(properties.metadata().storeKeyParams()).isTrue();
        assertThat(properties.metadata().verifyIntegrity()).isTrue();
        assertThat(properties.blob().backend()).isNull();
        assertThat(properties.compression().codec()).isEqualTo(CachenessBuilder.DEFAULT_CODEC);
        assertThat(properties.compression().level()).isNull();
        assertThat(properties.compression().minSize().toBytes())
                .isEqualTo(CachenessBuilder.DEFAULT_COMPRESSION_THRESHOLD_BYTES);
        assertThat(properties.keys().maxDepth()).isEqualTo(CachenessBuilder.DEFAULT_KEY_MAX_DEPTH);
        assertThat(properties.keys().introspectObjects()).isTrue();
        assertThat(properties.keys().hashPathContent()).isTrue();
        assertThat(properties.handlers().order()).isEmpty();
        assertThat(properties.handlers().disabled()).isEmpty();
        assertThat(properties.handlers().trustedPackages()).isEmpty();
        assertThat(properties.caches()).isEmpty();
        assertThat(properties.springCache().mode()).isEqualTo(CachenessProperties.Mode.PRIMARY);
        assertThat(properties.springCache().allowNullValues()).isTrue();
        assertThat(properties.springCache().transactionAware()).isFalse();
    }

    @Test
    void everyPropertyBinds() {
        CachenessProperties properties = bind(Map.ofEntries(
                Map.entry("cacheness.default-ttl", "36"),
                Map.entry("cacheness.storage.dir", "/var/cache/app"),
                Map.entry("cacheness.storage.max-size", "5GB"),
                Map.entry("cacheness.storage.durability", "power"),
                Map.entry("cacheness.metadata.backend", "memory"),
                Map.entry("cacheness.metadata.options.url", "jdbc:x"),
                Map.entry("cacheness.blob.options.bucket", "b"),
                Map.entry("cacheness.compression.codec", "lz4"),
                Map.entry("cacheness.compression.level", "9"),
                Map.entry("cacheness.handlers.order", "json,object"),
                Map.entry("cacheness.caches.weather.ttl", "90m"),
                Map.entry("cacheness.caches[my/odd.name].ttl", "2"),
                Map.entry("cacheness.caches.users.allow-null-values", "false"),
                Map.entry("cacheness.spring-cache.mode", "secondary")));

        assertThat(properties.defaultTtl()).isEqualTo(Duration.ofHours(36));
        assertThat(properties.storage().dir()).isEqualTo(Path.of("/var/cache/app"));
        assertThat(properties.storage().maxSize()).isEqualTo(DataSize.ofGigabytes(5));
        assertThat(properties.storage().durability()).isEqualTo(Durability.POWER);
        assertThat(properties.metadata().backend()).isEqualTo("memory");
        assertThat(properties.metadata().options()).containsEntry("url", "jdbc:x");
        assertThat(properties.blob().options()).containsEntry("bucket", "b");
        assertThat(properties.compression().codec()).isEqualTo("lz4");
        assertThat(properties.compression().level()).isEqualTo(9);
        assertThat(properties.handlers().order()).containsExactly("json", "object");
        assertThat(properties.caches().get("weather").ttl()).isEqualTo(Duration.ofMinutes(90));
        assertThat(properties.caches().get("my/odd.name").ttl()).isEqualTo(Duration.ofHours(2));
        assertThat(properties.caches().get("users").allowNullValues()).isFalse();
        assertThat(properties.springCache().mode()).isEqualTo(CachenessProperties.Mode.SECONDARY);
    }

    @Test
    void everyPointOfAPolicyReachesTheBuilder() {
        CachePolicy policy = bind(Map.ofEntries(
                        Map.entry("cacheness.caches[reports-*].ttl", "6"),
                        Map.entry("cacheness.caches[reports-*].jitter", "0.1"),
                        Map.entry("cacheness.caches[reports-*].idle-ttl", "90"),
                        Map.entry("cacheness.caches[reports-*].null-ttl", "0"),
                        Map.entry("cacheness.caches[reports-*].empty-ttl", "1m"),
                        Map.entry("cacheness.caches[reports-*].soft-ttl", "5m"),
                        Map.entry("cacheness.caches[reports-*].stale-if-error", "1d"),
                        Map.entry("cacheness.caches[reports-*].stale-retry", "10s"),
                        Map.entry("cacheness.caches[reports-*].refresh-ahead", "0.8"),
                        Map.entry("cacheness.caches[reports-*].early-refresh", "1.0"),
                        Map.entry("cacheness.caches[reports-*].soft-timeout", "100ms"),
                        Map.entry("cacheness.caches[reports-*].hard-timeout", "2s"),
                        Map.entry("cacheness.caches[reports-*].breaker-failures", "5"),
                        Map.entry("cacheness.caches[reports-*].breaker-pause", "1m"),
                        Map.entry("cacheness.caches[reports-*].single-flight", "cluster"),
                        Map.entry("cacheness.caches[reports-*].codec", "lz4"),
                        Map.entry("cacheness.caches[reports-*].codec-level", "1"),
                        Map.entry("cacheness.caches[reports-*].handler", "json"),
                        Map.entry("cacheness.caches[reports-*].store-key-params", "false"),
                        Map.entry("cacheness.caches[reports-*].max-size", "10MB"),
                        Map.entry("cacheness.caches[reports-*].max-entries", "1000"),
                        Map.entry("cacheness.caches[reports-*].eviction", "cost"),
                        Map.entry("cacheness.caches[reports-*].memory", "off"),
                        Map.entry("cacheness.caches[reports-*].durability", "power"),
                        Map.entry(
                                "cacheness.caches[reports-*].trusted-packages",
                                "com.example.reports,com.example.charts"),
                        Map.entry("cacheness.caches[reports-*].put-failures", "throw")))
                .caches()
                .get("reports-*")
                .policy();

        assertThat(policy)
                .isEqualTo(new CachePolicy(
                        Duration.ofHours(6),
                        0.1,
                        Duration.ofSeconds(90),
                        Duration.ZERO,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Duration.ofDays(1),
                        Duration.ofSeconds(10),
                        0.8,
                        1.0,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(2),
                        5,
                        Duration.ofMinutes(1),
                        LoadScope.CLUSTER,
                        "lz4",
                        1,
                        "json",
                        false,
                        10L * 1024 * 1024,
                        1000L,
                        Eviction.COST,
                        MemoryUse.OFF,
                        Durability.POWER,
                        List.of("com.example.reports", "com.example.charts"),
                        PutFailures.THROW));
    }

    @Test
    void whatIsSaidOfNullsFollowsThePatterns() {
        Map<String, CachePolicyProperties> caches = bind(Map.of(
                        "cacheness.caches[r*].allow-null-values", "true",
                        "cacheness.caches[reports-*].allow-null-values", "false",
                        "cacheness.caches.reports-1.ttl", "1h"))
                .caches();

        assertThat(CachePolicyProperties.allowsNullValues(caches, "reports-1")).isFalse();
        assertThat(CachePolicyProperties.allowsNullValues(caches, "rows")).isTrue();
        assertThat(CachePolicyProperties.allowsNullValues(caches, "users")).isNull();
    }

    @Test
    void emptyTtlIsNone() {
        CachenessProperties properties = bind(Map.of("cacheness.default-ttl", ""));

        assertThat(properties.defaultTtl()).isNull();
    }

    @Test
    void directoryIsNeverLookedForOnTheClassPath() {
        CachenessProperties properties = bind(Map.of("cacheness.storage.dir", "META-INF"));

        assertThat(properties.storage().dir()).isEqualTo(Path.of("META-INF"));
    }

    @Test
    void optionsAreNotPrinted() {
        CachenessProperties properties = bind(Map.of(
                "cacheness.metadata.options.password", "secret-1", "cacheness.blob.options.secret-key", "secret-2"));

        assertThat(properties.toString()).doesNotContain("secret-1").doesNotContain("secret-2");
    }

    @Test
    void unknownModeIsRefusedWithItsProperty() {
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> bind(Map.of("cacheness.spring-cache.mode", "both")))
                .withMessageContaining("cacheness.spring-cache.mode");
    }

    private static CachenessProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("cacheness", CachenessProperties.class);
    }
}
