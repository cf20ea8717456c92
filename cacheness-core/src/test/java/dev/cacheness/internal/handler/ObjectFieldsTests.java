package dev.cacheness.internal.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.spi.HandlerSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an upcaster gets to see of a stored object. */
class ObjectFieldsTests {

    enum Side {
        BUY,
        SELL
    }

    record Part(String name, double[] weights) {}

    record Order(
            int number,
            Integer boxed,
            Side side,
            Set<Side> sides,
            LocalDate day,
            Part part,
            List<Part> parts,
            Map<String, Part> byName,
            Optional<Part> perhaps,
            Part[] array) {}

    static class Base {

        final String name = "base";

        final int size = 5;
    }

    static class Derived extends Base {

        final String name = "derived";

        Derived self;
    }

    private final ObjectHandler handler = (ObjectHandler) new ObjectHandlerProvider()
            .create(new HandlerSettings(
                    ObjectFieldsTests.class.getClassLoader(), List.of("dev.cacheness.internal.handler"), "none", null));

    private Object fieldsOf(Object value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        handler.write(value, out);
        return handler.readFields(new ByteArrayInputStream(out.toByteArray()));
    }

    @Test
    void objectsAreMapsWhereverTheyAre() throws Exception {
        double[] weights = {1, 2};
        Part part = new Part("a", weights);
        Map<String, Object> fields = Map.of("name", "a", "weights", weights);

        Object order = fieldsOf(new Order(
                1,
                2,
                Side.SELL,
                EnumSet.of(Side.BUY),
                LocalDate.EPOCH,
                part,
                List.of(part),
                Map.of("k", part),
                Optional.of(part),
                new Part[] {part, null}));

        assertThat(order)
                .usingRecursiveComparison()
                .isEqualTo(Map.of(
                        "number",
                        1,
                        "boxed",
                        2,
                        "side",
                        "SELL",
                        "sides",
                        Set.of("BUY"),
                        "day",
                        LocalDate.EPOCH,
                        "part",
                        fields,
                        "parts",
                        List.of(fields),
                        "byName",
                        Map.of("k", fields),
                        "perhaps",
                        Optional.of(fields),
                        "array",
                        Arrays.asList(fields, null)));
    }

    @Test
    void fieldsOfOneNameAreToldApartAndCyclesKept() throws Exception {
        Derived value = new Derived();
        value.self = value;

        Map<?, ?> fields = (Map<?, ?>) fieldsOf(value);

        assertThat(fields.get(Base.class.getName() + ".name")).isEqualTo("base");
        assertThat(fields.get(Derived.class.getName() + ".name")).isEqualTo("derived");
        assertThat(fields.get("size")).isEqualTo(5);
        assertThat(fields.get("self")).isSameAs(fields);
    }

    @Test
    void listsAreLists() throws Exception {
        assertThat(fieldsOf(List.of(new Part("a", null), new Part("b", null))))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(2)
                .allMatch(Map.class::isInstance);
    }

    @Test
    void theContextClassLoaderIsPutBack() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        fieldsOf(new Part("a", null));

        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }
}
