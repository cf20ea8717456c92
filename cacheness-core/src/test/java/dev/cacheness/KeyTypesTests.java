package dev.cacheness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyTypesTests {

    record ModelKey(String model, @Nullable Integer version) implements CacheKey<List<String>> {}

    @KeyNamespace("pinned")
    record PinnedKey(int id) implements CacheKey<String> {}

    @KeyNamespace("a\nb")
    record BadlyPinnedKey(int id) implements CacheKey<String> {}

    record EmptyKey() implements CacheKey<String> {}

    record FailingKey(String name) implements CacheKey<String> {
        @Override
        public String name() {
            throw new UnsupportedOperationException("no name");
        }
    }

    interface ListKey<E> extends CacheKey<List<E>> {}

    record RowsKey(int id) implements ListKey<Map<String, Integer>> {}

    interface ArrayKey<E> extends CacheKey<E[]> {}

    record NamesKey(int id) implements ArrayKey<String> {}

    record OpenKey<T extends Number>(int id) implements CacheKey<T> {}

    record OpenListKey<T>(int id) implements ListKey<T> {}

    abstract static class BaseKey<A, B> implements CacheKey<Map<B, A>> {
        @Override
        public Map<String, ?> keyParameters() {
            return Map.of("a", 1);
        }
    }

    static final class ClassKey extends BaseKey<Long, String> {}

    static final class SilentKey implements CacheKey<String> {}

    @Test
    void recordKeyDescribesItself() {
        var key = new ModelKey("m", null);

        assertThat(key.keyNamespace()).isEqualTo("dev.cacheness.KeyTypesTests$ModelKey");
        assertThat(key.keyParameters().keySet()).containsExactly("model", "version");
        assertThat(key.keyParameters().get("model")).isEqualTo("m");
        assertThat(key.keyParameters().get("version")).isNull();
        assertThat(key.keyDigest()).isEmpty();
    }

    @Test
    void annotationPinsTheNamespace() {
        assertThat(new PinnedKey(1).keyNamespace()).isEqualTo("pinned");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BadlyPinnedKey(1).keyNamespace())
                .withMessageContaining("control characters");
    }

    @Test
    void valueTypeIsReadFromTheDeclaration() {
        assertThat(new PinnedKey(1).keyValueType()).isEqualTo(String.class);
        assertThat(new ModelKey("m", 1).keyValueType()).isEqualTo(new TypeRef<List<String>>() {}.type());
    }

    @Test
    void valueTypeIsFollowedThroughParents() {
        Type rows = new TypeRef<List<Map<String, Integer>>>() {}.type();

        assertThat(new RowsKey(1).keyValueType()).isEqualTo(rows).hasSameHashCodeAs(rows);
        assertThat(rows).isEqualTo(new RowsKey(1).keyValueType());
        assertThat(new RowsKey(1).keyValueType()).hasToString(rows.toString());
        assertThat(new ClassKey().keyValueType()).isEqualTo(new TypeRef<Map<String, Long>>() {}.type());
        assertThat(new NamesKey(1).keyValueType()).isEqualTo(String[].class);
    }

    @Test
    void valueTypeThatIsLeftOpenIsItsBound() {
        assertThat(new OpenKey<Long>(1).keyValueType()).isEqualTo(Number.class);
        assertThat(new OpenListKey<Long>(1).keyValueType()).isEqualTo(new TypeRef<List<Object>>() {}.type());
    }

    @Test
    void keyWithoutComponentsIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new EmptyKey().keyParameters())
                .withMessageContaining("EmptyKey")
                .withMessageContaining("at least one parameter");
    }

    @Test
    void keyThatIsNoRecordMustSayItsParameters() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new SilentKey().keyParameters())
                .withMessageContaining("must override keyParameters()");
    }

    @Test
    void failingComponentIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new FailingKey("x").keyParameters())
                .withMessageContaining("'name'")
                .withMessageContaining("FailingKey")
                .withCauseInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void looseParametersKeepTheirOrder() {
        CacheKey<Object> key = CacheKey.of("b", 1, "a", null);

        assertThat(key.keyNamespace()).isEmpty();
        assertThat(key.keyParameters().keySet()).containsExactly("b", "a");
        assertThat(key.keyValueType()).isEqualTo(Object.class);
    }

    @Test
    void looseParametersAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheKey.of("a", 1, "b"))
                .withMessageContaining("the last of the 3 arguments has no value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheKey.of("a", 1, "a", 2))
                .withMessageContaining("'a' is given twice (argument 3)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheKey.of("", 1))
                .withMessageContaining("Argument 1")
                .withMessageContaining("empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheKey.of("a", 1, 7, 2))
                .withMessageContaining("Argument 3")
                .withMessageContaining("java.lang.Integer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheKey.of(Map.of()))
                .withMessageContaining("at least one parameter");
        assertThatIllegalArgumentException().isThrownBy(() -> CacheKey.of(Map.of("", 1)));
    }

    @Test
    void namespaceIsChecked() {
        Map<String, Integer> parameters = Map.of("a", 1);

        assertThat(CacheKey.in("n".repeat(255), parameters).keyNamespace()).hasSize(255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheKey.in("n".repeat(256), parameters))
                .withMessageContaining("at most 255");
        assertThatIllegalArgumentException().isThrownBy(() -> CacheKey.in("a\u0000", parameters));
        assertThatIllegalArgumentException().isThrownBy(() -> CacheKey.in("a\u0085", parameters));
    }

    @Test
    void parametersAreCopied() {
        var parameters = new HashMap<String, Object>(Map.of("a", 1));
        CacheKey<Object> key = CacheKey.of(parameters);

        parameters.put("b", 2);

        assertThat(key.keyParameters().keySet()).containsExactly("a");
        assertThat(key).isEqualTo(CacheKey.of("a", 1)).hasSameHashCodeAs(CacheKey.of("a", 1));
    }

    @Test
    void digestKeyIsNothingButItsDigest() {
        String digest = "0123456789abcdef0123456789abcdef";
        CacheKey<Object> key = CacheKey.ofDigest(digest);

        assertThat(key.keyDigest()).contains(digest);
        assertThat(key.keyNamespace()).isEmpty();
        assertThat(key.keyParameters()).isEmpty();
        assertThat(key.as(String.class).keyDigest()).contains(digest);
    }

    @Test
    void digestIsChecked() {
        for (String digest :
                List.of("", "0123456789abcdef0123456789abcde", "0123456789ABCDEF0123456789ABCDEF", "../x")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CacheKey.ofDigest(digest))
                    .withMessageContaining("32 lower-case hexadecimal characters");
        }
    }

    @Test
    void retypedKeyIsTheSameKey() {
        var key = new ModelKey("m", 1);
        CacheKey<Integer> retyped = key.as(Integer.class);

        assertThat(retyped.keyValueType()).isEqualTo(Integer.class);
        assertThat(retyped.keyNamespace()).isEqualTo(key.keyNamespace());
        assertThat(new LinkedHashMap<String, @Nullable Object>(retyped.keyParameters()))
                .isEqualTo(new LinkedHashMap<String, @Nullable Object>(key.keyParameters()));
        assertThat(retyped.as(new TypeRef<List<Integer>>() {}).keyValueType())
                .isEqualTo(new TypeRef<List<Integer>>() {}.type());
        assertThat(retyped).isEqualTo(key.as(Integer.class)).isNotEqualTo(key.as(Long.class));
    }

    @Test
    @SuppressWarnings({"rawtypes", "NullAway"})
    void typeRefNeedsItsArgument() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new TypeRef() {})
                .withMessageContaining("new TypeRef<List<String>>() {}");
        assertThatNullPointerException().isThrownBy(() -> CacheKey.of("a", 1).as((Class<String>) null));
        assertThat(new ArrayList<>(List.of(new TypeRef<String>() {}.type()))).containsExactly(String.class);
    }
}
