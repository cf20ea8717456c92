package dev.cacheness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OptionsTests {

    @Test
    void ttlIsPositiveAndNotForever() {
        assertThat(PutOption.ttl(Duration.ofNanos(1))).isEqualTo(new PutOption.Ttl(Duration.ofNanos(1)));
        assertThat(PutOption.ttl(PutOption.MAX_TTL)).isNotNull();
        for (Duration ttl : List.of(
                Duration.ZERO,
                Duration.ofMillis(-1),
                PutOption.MAX_TTL.plusNanos(1),
                Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PutOption.ttl(ttl))
                    .withMessageContaining(ttl.toString())
                    .withMessageContaining("noExpiry()");
        }
    }

    @Test
    void descriptionIsBounded() {
        assertThat(PutOption.description("d".repeat(500))).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PutOption.description("d".repeat(501)))
                .withMessageContaining("at most 500");
    }

    @Test
    void attributesAreCopiedAndOfFewKinds() {
        var attributes = new HashMap<String, Object>(Map.of("a", 1, "b", (short) 2, "c", 1.5, "d", true, "e", "x"));
        var option = (PutOption.Attributes) PutOption.attributes(attributes);

        attributes.clear();

        assertThat(option.attributes())
                .isEqualTo(Map.of("a", 1L, "b", 2L, "c", 1.5, "d", true, "e", "x"))
                .isUnmodifiable();
    }

    @Test
    void attributesOfOtherKindsAreRefused() {
        for (Object value : List.of(Double.NaN, Double.POSITIVE_INFINITY, 1.5f, List.of(), new StringBuilder("x"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PutOption.attribute("name", value))
                    .withMessageContaining("'name'")
                    .withMessageContaining(value.getClass().getName());
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PutOption.attribute("name", "x".repeat(65_537)))
                .withMessageContaining("at most 65536");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PutOption.attribute("name", new StringBuilder("x".repeat(100_000))))
                .satisfies(ex -> assertThat(ex.getMessage()).hasSizeLessThan(400));
    }

    @Test
    void attributeNamesAreChecked() {
        assertThat(PutOption.attribute("A-z_0.9", 1)).isNotNull();
        assertThat(PutOption.attribute("n".repeat(64), 1)).isNotNull();
        for (String name : List.of("", "a b", "ä", "a;drop", "n".repeat(65), "a\n")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PutOption.attribute(name, 1))
                    .withMessageContaining("1 to 64 letters");
        }
    }

    @Test
    void tagsAreSortedAndChecked() {
        var option = (PutOption.Tags) PutOption.tags("b", "a", "b", "größer 漢字 \uD83D\uDE80");

        assertThat(option.tags())
                .containsExactly("a", "b", "größer 漢字 \uD83D\uDE80")
                .isUnmodifiable();
        assertThat(PutOption.tags("t".repeat(64))).isNotNull();
        for (String tag : List.of("", "t".repeat(65), "a\nb", "\u0000", "\u0085", "half\uD83D")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PutOption.tags(tag))
                    .withMessageContaining("1 to 64 characters");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> EntryQuery.all().withTag(tag));
        }
    }

    @Test
    void entryHasAtMost32Tags() {
        String[] tags = IntStream.range(0, 33).mapToObj(Integer::toString).toArray(String[]::new);

        assertThat(PutOption.tags(Arrays.copyOf(tags, 32))).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PutOption.tags(tags))
                .withMessageContaining("at most 32 tags, but got 33");
    }

    @Test
    void maxAgeIsNotNegative() {
        assertThat(GetOption.maxAge(Duration.ZERO)).isEqualTo(new GetOption.MaxAge(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GetOption.maxAge(Duration.ofNanos(-1)))
                .withMessageContaining("maxAge");
    }

    @Test
    void queryAddsUpItsConditions() {
        EntryQuery query = EntryQuery.all()
                .inNamespace("n")
                .withDigestPrefix("0a")
                .withAttribute("a", 1)
                .withAttribute("b", "x")
                .withTag("t")
                .withTag("s")
                .page(20, 10);

        assertThat(query)
                .isEqualTo(new EntryQuery(
                        "n",
                        "0a",
                        List.of(AttributeCondition.equal("a", 1L), AttributeCondition.equal("b", "x")),
                        Set.of("s", "t"),
                        20,
                        10));
        assertThat(EntryQuery.all()).isEqualTo(new EntryQuery(null, "", List.of(), Set.of(), 0, 100));
    }

    @Test
    void queryTreatsAttributesAlikeHoweverTheyAreGiven() {
        assertThat(new EntryQuery(null, "", List.of(AttributeCondition.equal("a", 1)), Set.of(), 0, 100))
                .isEqualTo(EntryQuery.all().withAttribute("a", 1L));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new EntryQuery(null, "", List.of(AttributeCondition.equal("a b", 1)), Set.of(), 0, 100));
    }

    @Test
    void comparisonsThatMakeNoSenseAreRefused() {
        EntryQuery all = EntryQuery.all();

        assertThat(all.withAttribute("a", Comparison.LESS, 1).withAttribute("b").attributes())
                .containsExactly(
                        new AttributeCondition("a", Comparison.LESS, 1L),
                        new AttributeCondition("b", Comparison.EXISTS, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all.withAttribute("a", Comparison.LESS, true))
                .withMessageContaining("'a'")
                .withMessageContaining("no order");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all.withAttribute("a", Comparison.EXISTS, 1))
                .withMessageContaining("takes no value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all.withAttribute("a", Comparison.AT_LEAST, List.of()))
                .withMessageContaining("'a'");
    }

    @Test
    void queryIsChecked() {
        EntryQuery all = EntryQuery.all();

        assertThat(all.page(0, 10_000).limit()).isEqualTo(10_000);
        assertThatIllegalArgumentException().isThrownBy(() -> all.page(-1, 1)).withMessageContaining("offset");
        assertThatIllegalArgumentException().isThrownBy(() -> all.page(0, 0)).withMessageContaining("limit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all.page(0, 10_001))
                .withMessageContaining("10000");
        assertThatIllegalArgumentException().isThrownBy(() -> all.withDigestPrefix("%"));
        assertThatIllegalArgumentException().isThrownBy(() -> all.withDigestPrefix("0".repeat(33)));
        assertThatIllegalArgumentException().isThrownBy(() -> all.withAttribute("a", new Object()));
    }
}
