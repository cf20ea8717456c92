package dev.cacheness.engine;

import static dev.cacheness.PutOption.storeIf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.StartedLoad;
import dev.cacheness.spi.NullValue;
import dev.cacheness.spi.NullableType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads that are stored later or not at all, and null in place of a value. */
class StartedLoadTests {

    private static final CacheKey<String> KEY = CacheKey.of("id", 1).as(String.class);

    private static final NullableKey NULLABLE = new NullableKey(KEY);

    @TempDir
    Path directory;

    private Cacheness cache;

    @BeforeEach
    void open() {
        cache = CachenessBuilder.at(directory.resolve("cache")).build();
    }

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void storesWhatWasLoaded() {
        StartedLoad<String> load = cache.startLoad(KEY);

        assertThat(load.store("loaded")).isTrue();
        assertThat(cache.get(KEY)).contains("loaded");
        assertThat(cache.metadata(KEY).orElseThrow().loadTime()).isNotNull();
    }

    @Test
    void loadThatBeganBeforeAnInvalidationIsNotStored() {
        StartedLoad<String> load = cache.startLoad(KEY);
        cache.invalidate(KEY);

        assertThat(load.store("old")).isFalse();
        assertThat(cache.get(KEY)).isEmpty();
    }

    @Test
    void loadedValueIsStoredOnlyIfTheConditionHolds() {
        String first = cache.getOrCompute(KEY, key -> "bad", storeIf(value -> value.equals("good")));
        Optional<String> afterTheFirst = cache.get(KEY);
        String second = cache.getOrCompute(KEY, key -> "good", storeIf(value -> value.equals("good")));

        assertThat(first).isEqualTo("bad");
        assertThat(afterTheFirst).isEmpty();
        assertThat(second).isEqualTo("good");
        assertThat(cache.get(KEY)).contains("good");
        assertThat(cache.startLoad(KEY).store("bad", storeIf(value -> value.equals("good"))))
                .isFalse();
    }

    @Test
    void nullIsReadByAKeyThatAllowsItAndIsAMissForOthers() {
        cache.put(NULLABLE, NullValue.INSTANCE);

        assertThat(cache.get(NULLABLE)).contains(NullValue.INSTANCE);
        assertThat(cache.lookup(KEY)).isEqualTo(new Lookup.Miss<>(MissReason.TYPE_CHANGED));
    }

    @Test
    void valueUnderAKeyThatAllowsNullIsOfItsType() {
        cache.put(NULLABLE, "value");
        Optional<Object> value = cache.get(NULLABLE);
        cache.put(NULLABLE, 1);

        assertThat(value).contains("value");
        assertThat(cache.lookup(NULLABLE)).isEqualTo(new Lookup.Miss<>(MissReason.TYPE_CHANGED));
    }

    private record NullableKey(CacheKey<?> key) implements CacheKey<Object> {

        @Override
        public String keyNamespace() {
            return key.keyNamespace();
        }

        @Override
        public Map<String, ?> keyParameters() {
            return key.keyParameters();
        }

        @Override
        public Type keyValueType() {
            return new NullableType(key.keyValueType());
        }
    }
}
