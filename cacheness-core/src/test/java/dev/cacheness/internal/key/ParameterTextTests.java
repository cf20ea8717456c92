package dev.cacheness.internal.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.KeyNamespace;
import dev.cacheness.Masked;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParameterTextTests {

    record Login(String user, String password, List<Integer> roles) {}

    static final class Plain {}

    static final class Failing {
        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }

    private final KeyDigester digester = new KeyDigester(new KeySettings(10, true, true));

    private String describe(@Nullable Object value) {
        return digester.describe(CacheKey.of("value", value)).getOrDefault("value", "absent");
    }

    @Test
    void valuesAreShownAsText() {
        assertThat(digester.describe(CacheKey.of("b", 1, "a", "x", "c", null)))
                .containsExactly(Map.entry("b", "1"), Map.entry("a", "x"), Map.entry("c", "null"));
        assertThat(describe(Arrays.asList("a", null, List.of(1)))).isEqualTo("[a, null, [1]]");
        assertThat(describe(new int[] {1, 2})).isEqualTo("int[2]");
        assertThat(describe(new Object[] {1, "a"})).isEqualTo("[1, a]");
        assertThat(describe(Optional.of("x"))).isEqualTo("Optional[x]");
        assertThat(describe(Map.of("a", 1))).isEqualTo("{a=1}");
    }

    @Test
    void keyByDigestHasNoParameters() {
        assertThat(digester.describe(CacheKey.ofDigest("0".repeat(32)))).isEmpty();
    }

    record Customer(String name, @Masked String taxNumber) {}

    @KeyNamespace("orders")
    record OrderKey(String order, @Masked String customer, Customer buyer) implements CacheKey<String> {}

    @Test
    void maskedComponentsAreHiddenWhereverTheyAre() {
        var key = new OrderKey("o-1", "ada", new Customer("ada", "12-34"));

        assertThat(digester.describe(key))
                .containsEntry("order", "o-1")
                .containsEntry("customer", "******")
                .containsEntry("buyer", "Customer[name=ada, taxNumber=******]");
        assertThat(digester.describe(key.as(Object.class))).isEqualTo(digester.describe(key));
        assertThat(digester.digest(key))
                .isNotEqualTo(digester.digest(new OrderKey("o-1", "grace", new Customer("ada", "12-34"))));
    }

    @Test
    void secretsAreMasked() {
        for (String name : List.of(
                "password",
                "userPasswd",
                "client_secret",
                "accessToken",
                "Authorization",
                "apiKey",
                "API_KEY",
                "x-api-key",
                "credentials",
                "Cookie",
                "ssn",
                "IBAN",
                "cardNumber")) {
            assertThat(digester.describe(CacheKey.of(name, "hush"))).containsExactly(Map.entry(name, "******"));
        }
    }

    @Test
    void secretsWithinRecordsAndMapsAreMasked() {
        assertThat(describe(new Login("ada", "hush", List.of(1))))
                .isEqualTo("Login[password=******, roles=[1], user=ada]");
        assertThat(describe(List.of(Map.of("token", "hush")))).isEqualTo("[{token=******}]");
    }

    @Test
    void longTextIsShortened() {
        assertThat(describe("x".repeat(200))).isEqualTo("x".repeat(200));
        assertThat(describe("x".repeat(201))).isEqualTo("x".repeat(199) + "…");
        assertThat(describe("x".repeat(198) + "😀")).isEqualTo("x".repeat(198) + "😀");
        assertThat(describe("x".repeat(198) + "😀y")).isEqualTo("x".repeat(198) + "…");
        assertThat(describe("x".repeat(197) + "\u0000")).hasSize(198);
        assertThat(describe(new ArrayList<>(Collections.nCopies(100_000, "text"))))
                .hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void invisibleCharactersAreShown() {
        assertThat(describe("a\u0000\n\u001B[31m\u202Eb\u2066\u200F\u2028\uD83D"))
                .isEqualTo("a\\u0000\\u000A\\u001B[31m\\u202Eb\\u2066\\u200F\\u2028\\uD83D");
        assertThat(digester.describe(CacheKey.of("na\nme", 1))).containsExactly(Map.entry("na\\u000Ame", "1"));
    }

    @Test
    void objectsWithoutTextAreShownByTheirClass() {
        assertThat(describe(new Plain())).isEqualTo(Plain.class.getName());
        assertThat(describe(new Failing())).isEqualTo(Failing.class.getName());
    }

    @Test
    void valueThatContainsItselfIsShownAsFarAsItFits() {
        var list = new ArrayList<Object>();
        list.add(list);

        assertThat(describe(list)).startsWith("[[[[").hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void namesThatOnlyContainAShortSecretWordAreShown() {
        for (String name : List.of("author", "cardinality", "discard", "Authors")) {
            assertThat(digester.describe(CacheKey.of(name, "ada"))).containsExactly(Map.entry(name, "ada"));
        }
    }
}
