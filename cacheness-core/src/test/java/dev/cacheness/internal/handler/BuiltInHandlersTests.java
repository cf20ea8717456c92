package dev.cacheness.internal.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.spi.HandlerDescription;
import dev.cacheness.spi.HandlerProvider;
import dev.cacheness.spi.HandlerRegistry;
import dev.cacheness.spi.HandlerSettings;
import dev.cacheness.spi.NullValue;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BuiltInHandlersTests {

    private final HandlerRegistry registry = registry();

    private static HandlerRegistry registry() {
        HandlerRegistry registry = new HandlerRegistry();
        HandlerSettings settings =
                new HandlerSettings(BuiltInHandlersTests.class.getClassLoader(), List.of(), "zstd", null);
        for (HandlerProvider provider : ServiceLoader.load(HandlerProvider.class)) {
            var handler = provider.create(settings);
            assertThat(handler.name()).isEqualTo(provider.name());
            registry.register(handler);
        }
        return registry;
    }

    @Test
    void areFoundInTheOrderInWhichTheyAreAsked() {
        assertThat(registry.names())
                .containsExactly("null", "bytes", "file", "stream", "text", "array", "table", "json", "object");
    }

    @Test
    void everyValueGoesToTheHandlerForItsKind() {
        assertThat(registry.forValue(NullValue.INSTANCE).name()).isEqualTo("null");
        assertThat(registry.forValue(new byte[1]).name()).isEqualTo("bytes");
        assertThat(registry.forValue("text").name()).isEqualTo("text");
        assertThat(registry.forValue(Map.of("a", List.of(1, 2.5))).name()).isEqualTo("json");
        assertThat(registry.forValue(new TreeMap<>(Map.of("a", 1))).name()).isEqualTo("object");
        assertThat(registry.forValue(42).name()).isEqualTo("object");
    }

    @Test
    void theListSaysWhatIsThereAndWhere() {
        List<HandlerDescription> list = registry.describe();

        assertThat(list).extracting(HandlerDescription::name).isEqualTo(registry.names());
        assertThat(list).extracting(HandlerDescription::position).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(list).allMatch(HandlerDescription::builtIn);
        assertThat(list.get(1)).isEqualTo(new HandlerDescription("bytes", 1, 1, BytesHandler.class.getName(), true));
    }
}
