package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.spi.NullValue;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImmutablesTests {

    private final Immutables immutables = new Immutables();

    @ParameterizedTest
    @MethodSource
    void whatNobodyCanChangeIsTold(Object value) {
        assertThat(immutables.reasonAgainst(value)).isNull();
        assertThat(immutables.reasonAgainst(value)).as("again").isNull();
    }

    static Stream<Object> whatNobodyCanChangeIsTold() {
        return Stream.of(
                "text",
                1,
                2.5,
                'c',
                true,
                new BigDecimal("1.50"),
                UUID.randomUUID(),
                Instant.EPOCH,
                LocalDate.EPOCH,
                ZoneId.of("Europe/Berlin"),
                DayOfWeek.MONDAY,
                TimeUnit.DAYS,
                NullValue.INSTANCE,
                List.of(),
                List.of("a"),
                List.of(1, 2, 3, 4),
                Stream.of("a", "b").toList(),
                Set.of(1, 2, 3),
                Map.of(),
                Map.of("a", List.of(1)),
                Optional.of("a"),
                Optional.empty(),
                new Price("A", BigDecimal.ONE, null),
                new Nested(
                        new Price("A", BigDecimal.ONE, LocalDate.EPOCH), List.of("x"), Map.of("a", DayOfWeek.MONDAY)),
                new Generic<>(List.of(new Price("A", BigDecimal.ONE, null))),
                new Node("a", new Node("b", null)));
    }

    @ParameterizedTest
    @MethodSource
    void whatSomebodyMayChangeIsTold(Object value) {
        assertThat(immutables.reasonAgainst(value)).isNotNull();
        assertThat(immutables.reasonAgainst(value)).as("again").isNotNull();
    }

    static Stream<Object> whatSomebodyMayChangeIsTold() {
        Node deep = null;
        for (int i = 0; i < 100; i++) {
            deep = new Node("n", deep);
        }
        return Stream.of(
                new Object(),
                new int[0],
                new StringBuilder(),
                new Date(0),
                new ArrayList<>(List.of(1)),
                Collections.unmodifiableList(new ArrayList<>(List.of(1))),
                List.of(new ArrayList<>()),
                Map.of("a", new int[1]),
                Optional.of(new Date(0)),
                new Holder(new int[] {1}),
                new Generic<>(new ArrayList<>()),
                new Generic<>(new Counting(new BigDecimal("1"))),
                new Counting(BigDecimal.ONE),
                new Price("A", new Counting(BigDecimal.ONE), null),
                new Hiding(new ArrayList<>(List.of(1))),
                new Bean(),
                List.copyOf(IntStream.range(0, 20_000)
                        .mapToObj(i -> new Generic<>(i))
                        .toList()),
                deep);
    }

    record Price(String symbol, BigDecimal amount, @Nullable LocalDate day) {}

    record Nested(Price price, List<String> names, Map<String, DayOfWeek> days) {}

    record Generic<T>(T value) {}

    record Node(String name, @Nullable Node next) {}

    record Holder(int[] numbers) {}

    /** Its method does not give away what is in it, but whoever made it may still have it. */
    record Hiding(List<Integer> numbers) {

        @Override
        public List<Integer> numbers() {
            return List.copyOf(numbers);
        }
    }

    /** {@code BigDecimal} can be extended. */
    static final class Counting extends BigDecimal {

        private static final long serialVersionUID = 1L;

        int calls;

        Counting(BigDecimal value) {
            super(value.unscaledValue(), value.scale());
        }
    }

    static final class Bean {

        final String name = "a";
    }
}
