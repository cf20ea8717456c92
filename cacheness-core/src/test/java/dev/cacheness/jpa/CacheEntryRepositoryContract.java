package dev.cacheness.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cacheness.CacheClosedException;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.PutOption;
import dev.cacheness.engine.CachenessBuilder;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

/** What the repository tells of an index, whatever database it is in. */
abstract class CacheEntryRepositoryContract {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private Cacheness cache;

    private MetadataPersistence persistence;

    private CacheEntryRepository entries;

    abstract CachenessBuilder builder(Path directory);

    @BeforeEach
    void open() {
        cache = builder(directory).clock(new MutableInstantSource(NOW)).build();
        persistence = MetadataPersistence.of(cache);
        entries = persistence.entries();
    }

    @AfterEach
    void close() {
        persistence.close();
        cache.close();
    }

    @Test
    void rowTellsWhatTheCacheTells() {
        CacheKey<Object> key = CacheKey.of("model", "xgboost");
        String digest = cache.put(
                key,
                "value",
                PutOption.ttl(Duration.ofHours(1)),
                PutOption.description("a model"),
                PutOption.tags("a", "b"),
                PutOption.attributes(Map.of("rank", 3L)));

        CacheEntryRow row = entries.findById(digest).orElseThrow();

        assertThat(row.getNamespace()).isEmpty();
        assertThat(row.getCreatedAt()).isEqualTo(NOW);
        assertThat(row.getAccessedAt()).isEqualTo(NOW);
        assertThat(row.getExpiresAt()).isEqualTo(NOW.plus(Duration.ofHours(1)));
        assertThat(row.getHits()).isZero();
        assertThat(row.getLoadNanos()).isNull();
        assertThat(row.getHandler()).isEqualTo("text");
        assertThat(row.getValueType()).isEqualTo("java.lang.String");
        assertThat(row.getCodec()).isEqualTo("none");
        assertThat(row.getRawSizeBytes()).isPositive();
        assertThat(row.getSizeBytes())
                .isEqualTo(cache.metadata(key).orElseThrow().sizeBytes());
        assertThat(row.getBlobId()).isNull();
        assertThat(row.getDescription()).isEqualTo("a model");
        assertThat(row.getKeyParameters()).contains("xgboost");
        assertThat(row.getAttributes()).isEqualTo("{\"rank\":3}");
        assertThat(row.getTags()).isEqualTo("[\"a\",\"b\"]");
    }

    @Test
    void pagesProjectionsSpecificationsAndDerivedQueriesAsk() {
        IntStream.range(0, 10).forEach(i -> cache.put(CacheKey.of("i", i), "x".repeat(100 + i)));
        Pageable page = PageRequest.of(1, 4, Sort.by("sizeBytes"));

        assertThat(entries.findAll(page))
                .extracting(CacheEntryRow::getSizeBytes)
                .containsExactly(104L, 105L, 106L, 107L);
        assertThat(entries.findAllBy(page, Size.class))
                .extracting(Size::getSizeBytes)
                .containsExactly(104L, 105L, 106L, 107L);
        assertThat(entries.findAll((root, query, builder) -> builder.greaterThan(root.get("sizeBytes"), 107L)))
                .hasSize(2);
        assertThat(entries.findByOrderBySizeBytesDescDigestAsc(Limit.of(2)))
                .extracting(CacheEntryRow::getSizeBytes)
                .containsExactly(109L, 108L);
        assertThat(entries.findByNamespace("", page).getTotalElements()).isEqualTo(10);
        assertThat(entries.countByNamespace("other")).isZero();
        assertThat(entries.count()).isEqualTo(10);
    }

    @Test
    void timesAreComparedAsTimes() {
        cache.put(CacheKey.of("name", "soon"), "1", PutOption.ttl(Duration.ofMinutes(1)));
        cache.put(CacheKey.of("name", "later"), "2", PutOption.ttl(Duration.ofHours(1)));
        cache.put(CacheKey.of("name", "never"), "3", PutOption.noExpiry());

        assertThat(entries.findByExpiresAtBeforeOrderByExpiresAtAsc(NOW.plus(Duration.ofMinutes(2)), Limit.of(10)))
                .extracting(CacheEntryRow::getExpiresAt)
                .containsExactly(NOW.plus(Duration.ofMinutes(1)));
    }

    @Test
    void rowsAreTheNewestEveryTime() {
        CacheKey<Object> key = CacheKey.of("name", "key");
        cache.put(key, "1");
        assertThat(entries.count()).isOne();

        cache.put(CacheKey.of("name", "other"), "2");
        cache.invalidate(key);

        assertThat(entries.findAll()).hasSize(1);
        cache.clear();
        assertThat(entries.findAll()).isEmpty();
    }

    @Test
    void methodsThatWouldWriteAreRefused() throws Exception {
        cache.put(CacheKey.of("name", "key"), "value");

        for (Method method : CacheEntryRepository.class.getMethods()) {
            if (method.getName().matches("(save|delete|flush|update).*")) {
                Object[] arguments = new Object[method.getParameterCount()];

                assertThatThrownBy(() -> method.invoke(entries, arguments))
                        .as(method.toString())
                        .cause()
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageContaining(method.getName())
                        .hasMessageContaining("invalidate");
            }
        }
        assertThat(Arrays.stream(CacheEntryRepository.class.getMethods())
                        .map(Method::getName)
                        .filter(name -> !name.matches("(save|delete|flush|update|find|get|count|exists).*")))
                .isEmpty();
        assertThat(entries.count()).isOne();
    }

    @Test
    void cacheGoesOnAfterTheRepositoryWasClosed() {
        CacheKey<Object> key = CacheKey.of("name", "key");
        cache.put(key, "value");
        assertThat(entries.count()).isOne();

        persistence.close();

        assertThatExceptionOfType(CacheClosedException.class).isThrownBy(() -> entries.count());
        assertThat(cache.get(key)).contains("value");
    }

    /** Part of an entry. */
    interface Size {

        long getSizeBytes();
    }
}
