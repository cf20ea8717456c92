package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerRegistry;
import dev.cacheness.spi.HandlerSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerSwitchesTests {

    private final HandlerRegistry registry = CachenessBuilder.builtInHandlers(
            new HandlerSettings(HandlerSwitchesTests.class.getClassLoader(), List.of(), "zstd", null));

    private CachenessBuilder builder() {
        return CachenessBuilder.inMemory().handlers(registry);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "bytes", "file", "stream", "text", "array", "table", "json", "object"})
    void everyBuiltInHandlerCanBeSwitchedOff(String name) {
        try (Cacheness cache = builder().disabledHandlers(List.of(name)).build()) {
            assertThat(registry.names()).hasSize(8).doesNotContain(name);
            assertThat(cache.stats().entries()).isZero();
        }
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> builder().handlerOrder(List.of("tabel")).build())
                .withMessageContainingAll("cacheness.handlers.order", "tabel", "table", "object");
    }

    @Test
    void handlersComeAndGoWhileTheCacheIsOpen() {
        CacheKey<String> key = CacheKey.of("a", 1).as(String.class);

        try (Cacheness cache = builder().build()) {
            cache.put(key, "text");
            Handler<?> text = registry.forName("text").orElseThrow();
            registry.unregister("text");
            assertThat(cache.lookup(key)).isEqualTo(new Lookup.Miss<>(MissReason.REFUSED));

            registry.register(text, 0);
            assertThat(cache.get(key)).contains("text");
            assertThat(registry.describe().get(0).name()).isEqualTo("text");
        }
    }
}
