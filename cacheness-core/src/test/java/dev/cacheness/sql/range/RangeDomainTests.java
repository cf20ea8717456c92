package dev.cacheness.sql.range;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeDomainTests {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private final RangeDomain dates = RangeDomain.of(LocalDate.class, NEW_YORK);

    private final RangeDomain instants = RangeDomain.of(Instant.class, NEW_YORK);

    @Test
    void valuesComeBackFromTheirTicks() {
        List<Object> values = List.of(
                LocalDate.of(2024, 2, 29),
                Instant.parse("2024-01-01T10:00:00.123456Z"),
                Instant.parse("1905-01-01T10:00:00.123456Z"),
                LocalDateTime.of(2024, 3, 10, 2, 30, 0, 1_000),
                42L,
                -42);

        for (Object value : values) {
            RangeDomain domain = RangeDomain.of(value.getClass(), NEW_YORK);
            assertThat(domain.value(domain.tick(value))).isEqualTo(value);
        }
    }

    @Test
    void anOffsetIsKeptAsItsMoment() {
        RangeDomain domain = RangeDomain.of(OffsetDateTime.class, NEW_YORK);
        OffsetDateTime time = OffsetDateTime.parse("2024-01-01T10:00+02:00");

        assertThat(domain.value(domain.tick(time))).isEqualTo(time.withOffsetSameInstant(ZoneOffset.UTC));
    }

    @Test
    void isoTextIsRead() {
        assertThat(dates.tick("1970-01-02")).isEqualTo(1);
        assertThat(instants.tick("1970-01-01T00:00:01Z")).isEqualTo(1_000_000);
        assertThat(instants.tick("1970-01-01")).isEqualTo(5 * 3_600_000_000L);
        assertThat(RangeDomain.of(long.class, NEW_YORK).tick("17")).isEqualTo(17);
    }

    @Test
    void valuesOfOtherKindsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> dates.tick(17)).withMessageContaining("LocalDate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dates.tick("tomorrow"))
                .withMessageContaining("tomorrow");
        assertThatIllegalArgumentException().isThrownBy(() -> RangeDomain.of(String.class, NEW_YORK));
    }

    @Test
    void todayIsADayOfTheZone() {
        Instant lateEvening = Instant.parse("2024-01-02T03:00:00Z");

        assertThat(dates.value(dates.tickAt(lateEvening))).isEqualTo(LocalDate.of(2024, 1, 1));
    }

    @Test
    void aDayOfTheCalendarFollowsTheClockChange() {
        Step day = Step.of(Period.ofDays(1));
        long noon = instants.tick(Instant.parse("2024-03-10T17:00:00Z"));

        long start = instants.alignDown(noon, day);
        long end = instants.alignUp(noon, day);

        assertThat(instants.value(start)).isEqualTo(Instant.parse("2024-03-10T05:00:00Z"));
        assertThat(end - start).isEqualTo(Duration.ofHours(23).toNanos() / 1_000);
    }

    @Test
    void monthsBeginOnTheFirst() {
        Step quarter = Step.of(Period.ofMonths(3));
        long day = dates.tick(LocalDate.of(1969, 5, 17));

        assertThat(dates.value(dates.alignDown(day, quarter))).isEqualTo(LocalDate.of(1969, 4, 1));
        assertThat(dates.value(dates.alignUp(day, quarter))).isEqualTo(LocalDate.of(1969, 7, 1));
    }

    @Test
    void alignmentSurroundsAndIsIdempotent() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Step> steps = List.of(
                Step.of(Duration.ofMinutes(5)),
                Step.of(Duration.ofDays(7)),
                Step.of(Period.ofMonths(1)),
                Step.of(Period.ofDays(3)));
        for (int i = 0; i < 5_000; i++) {
            Step step = steps.get(random.nextInt(steps.size()));
            long tick = random.nextLong(-4_000_000_000_000_000L, 4_000_000_000_000_000L);

            long down = instants.alignDown(tick, step);
            long up = instants.alignUp(tick, step);

            String hint = "seed " + seed + ", " + step + ", " + tick;
            assertThat(down).as(hint).isLessThanOrEqualTo(tick);
            assertThat(up).as(hint).isGreaterThanOrEqualTo(tick);
            assertThat(instants.alignDown(down, step)).as(hint).isEqualTo(down);
            assertThat(instants.alignUp(up, step)).as(hint).isEqualTo(up);
        }
    }

    @Test
    void openEndsStayOpen() {
        assertThat(dates.alignOutward(Interval.ALL, Step.of(Period.ofMonths(1))))
                .isEqualTo(Interval.ALL);
        assertThat(instants.value(Long.MAX_VALUE)).isEqualTo(Instant.MAX);
        assertThat(instants.tick(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
        assertThat(dates.value(Long.MIN_VALUE)).isEqualTo(LocalDate.MIN);
    }

    @Test
    void stepsOfNothingAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Step.of(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> Step.of(Duration.ofNanos(10)));
        assertThatIllegalArgumentException().isThrownBy(() -> Step.of(Period.of(0, 1, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Step.ofIds(0));
    }
}
