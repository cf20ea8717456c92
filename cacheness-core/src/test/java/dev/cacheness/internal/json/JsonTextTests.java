package dev.cacheness.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTests {

    @Test
    void emptyMapIsNoText() {
        assertThat(JsonText.of(Map.of())).isNull();
        assertThat(JsonText.toValues(null)).isEmpty();
        assertThat(JsonText.toTexts(null)).isEmpty();
    }

    @Test
    void valuesKeepTheirTypes() {
        Map<String, Object> values = Map.of("a", 1L, "b", 1.0, "c", "1", "d", true, "e", Long.MIN_VALUE);

        assertThat(JsonText.toValues(JsonText.of(values))).isEqualTo(values);
    }

    @Test
    void valueOnItsOwnIsWrittenAsInAMap() {
        for (Object value : List.of(1L, 1.0, 2.0e-3, 1.0e23, Double.MIN_VALUE, "ä\"\\\n", true)) {
            assertThat(JsonText.of(Map.of("k", value))).isEqualTo("{\"k\":" + JsonText.ofValue(value) + "}");
        }
    }

    @Test
    void listOfTextsIsAnArray() {
        assertThat(JsonText.ofAll(List.of("a", "\""))).isEqualTo("[\"a\",\"\\\"\"]");
    }

    @Test
    void textThatIsNoMapIsRefused() {
        for (String text : List.of("", "[1]", "{", "nothing")) {
            assertThatThrownBy(() -> JsonText.toValues(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
