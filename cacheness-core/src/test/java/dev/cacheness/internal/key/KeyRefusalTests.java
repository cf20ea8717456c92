package dev.cacheness.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.cacheness.CacheKey;
import dev.cacheness.CacheSerializationException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TimerTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

class KeyRefusalTests {

    record Filter(List<Object> range) {}

    record Failing(String name) {
        @Override
        public String name() {
            throw new UnsupportedOperationException("broken");
        }
    }

    static final class Owner {
        private final Object name;

        Owner(Object name) {
            this.name = name;
        }

        Object name() {
            return name;
        }
    }

    static final class Stateless {}

    static final class OnlyTransient {
        transient int state;
    }

    static final class Task extends TimerTask {
        @Override
        public void run() {}
    }

    static final class OwnSerialization implements Serializable {
        private static final long serialVersionUID = 1L;
        int a = 1;
        transient int b = 1;

        private void writeObject(ObjectOutputStream out) {}
    }

    private final KeyDigester strict = new KeyDigester(new KeySettings(4, false, true));
    private final KeyDigester introspecting = new KeyDigester(new KeySettings(4, true, true));

    private static ThrowableAssertAlternative<CacheSerializationException> assertRefused(
            KeyDigester digester, Object value) {
        return assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> digester.digest(CacheKey.in("models", Map.of("filter", value))));
    }

    @Test
    void placeAndClassAreNamed() {
        assertRefused(strict, new Filter(List.of(1, 2, 3, Map.of("owner", new Owner("x")))))
                .withMessageContaining("Parameter 'filter.range[3][owner]' of the key 'models'")
                .withMessageContaining(Owner.class.getName())
                .withMessageContaining("cacheness.keys.introspect-objects=true");
        assertRefused(introspecting, new Filter(List.of(new Owner(new AtomicInteger()))))
                .withMessageContaining("Parameter 'filter.range[0].name' of the key 'models'")
                .withMessageContaining("java.util.concurrent.atomic.AtomicInteger")
                .withMessageNotContaining("introspect-objects");
        assertRefused(strict, Set.of(new Owner("x"))).withMessageContaining("'filter[*]'");
    }

    @Test
    void placeIsReadable() {
        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> strict.digest(CacheKey.of("a\u202E%s" + "x".repeat(500), new Owner("x"))))
                .satisfies(ex -> assertThat(ex.getMessage())
                        .startsWith("Parameter 'a\\u202E%sxxx")
                        .hasSizeLessThan(600));
    }

    @Test
    void classesWithoutCanonicalFormAreRefused() {
        Supplier<String> lambda = () -> "x";
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Runnable.class}, (self, method, arguments) -> null);

        assertRefused(introspecting, lambda).withMessageContaining("lambda");
        assertRefused(introspecting, lambda.getClass());
        assertRefused(introspecting, proxy).withMessageContaining("proxy");
        assertRefused(introspecting, new Object()).withMessageContaining("Java platform");
        assertRefused(introspecting, new StringBuilder("x"));
        assertRefused(introspecting, new IntSummaryStatistics());
        assertRefused(introspecting, new Thread(() -> {}));
        assertRefused(introspecting, List.of(1).iterator());
        assertRefused(introspecting, new java.util.GregorianCalendar());
        assertRefused(introspecting, new java.util.Date(0) {
            private static final long serialVersionUID = 1L;
        });
        assertRefused(introspecting, new BigInteger("1") {
            private static final long serialVersionUID = 1L;
        });
    }

    @Test
    void objectsThatCouldNotBeToldApartAreRefused() {
        assertRefused(introspecting, new Stateless()).withMessageContaining("without fields");
        assertRefused(introspecting, new OnlyTransient()).withMessageContaining("without fields");
        assertRefused(introspecting, new Task()).withMessageContaining("java.util.TimerTask");
        assertRefused(introspecting, new OwnSerialization()).withMessageContaining("code of its own");
    }

    @Test
    void collectionsWithoutAnOrderAreRefused() {
        assertRefused(introspecting, new PriorityQueue<>(List.of(3, 2, 1))).withMessageContaining("no order");
        assertRefused(introspecting, new HashMap<>(Map.of(1, 2)).values()).withMessageContaining("no order");
    }

    @Test
    void depthIsLimited() {
        assertThatNoException()
                .isThrownBy(() -> strict.digest(CacheKey.of("a", List.of(List.of(List.of(Optional.of(1)))))));
        assertRefused(strict, List.of(List.of(List.of(Optional.of(List.of())))))
                .withMessageContaining("'filter[0][0][0]'")
                .withMessageContaining("more than 4 levels")
                .withMessageContaining("cacheness.keys.max-depth");
        assertRefused(strict, new Object[] {new Object[][][] {{{new int[1][1]}}}});
    }

    @Test
    void valueThatContainsItselfIsRefused() {
        var list = new ArrayList<Object>();
        list.add(Collections.singletonMap("self", list));
        var array = new Object[1];
        array[0] = array;

        assertRefused(strict, list)
                .withMessageContaining("'filter[0][self]")
                .withMessageContaining("contains itself")
                .withMessageContaining("4 levels");
        assertRefused(new KeyDigester(new KeySettings(KeySettings.MAX_DEPTH, true, true)), array)
                .withMessageContaining("500 levels");
    }

    @Test
    void sizeIsLimited() {
        assertThatNoException().isThrownBy(() -> strict.digest(CacheKey.of("a", "x".repeat(65_000))));
        assertRefused(strict, "x".repeat(65_536))
                .withMessageContaining("Parameter 'filter' of the key 'models'")
                .withMessageContaining("at most 65536");
        assertRefused(strict, "€".repeat(22_000));
        assertRefused(strict, Collections.nCopies(20_000, 1_000_000));
        assertRefused(strict, BigInteger.ONE.shiftLeft(8 * 70_000));
        assertRefused(strict, new BigDecimal(BigInteger.TEN.pow(200_000)));
    }

    @Test
    void arraysMayBeLong() {
        assertThatNoException().isThrownBy(() -> strict.digest(CacheKey.of("a", new byte[10_000_000])));
        assertThatNoException().isThrownBy(() -> strict.digest(CacheKey.of("a", new double[1_000][1_000])));
        assertThatNoException()
                .isThrownBy(() -> strict.digest(
                        CacheKey.of("a", Collections.nCopies(100_000, "text").toArray())));
    }

    @Test
    void codeThatFailsIsNamed() {
        assertRefused(strict, List.of(new Failing("x")))
                .withMessageContaining("'filter[0].name'")
                .withMessageContaining("broken")
                .withCauseInstanceOf(UnsupportedOperationException.class);
        assertRefused(strict, BigDecimal.valueOf(10, Integer.MIN_VALUE));
    }

    @Test
    void keyClassesAreCheckedAsLooseKeysAre() {
        record Key(String keyNamespace, Map<String, String> keyParameters, Optional<String> keyDigest)
                implements CacheKey<String> {}

        for (Key key : List.of(
                new Key("a\n", Map.of("a", "b"), Optional.empty()),
                new Key("n".repeat(256), Map.of("a", "b"), Optional.empty()),
                new Key("a", Map.of(), Optional.empty()),
                new Key("Key", Collections.singletonMap(null, "b"), Optional.empty()),
                new Key("a", Map.of("a", "b"), Optional.of("../../etc/passwd")))) {
            assertThatExceptionOfType(CacheSerializationException.class)
                    .isThrownBy(() -> strict.digest(key))
                    .withMessageContaining("Key");
        }
    }

    @Test
    void settingsAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> new KeySettings(0, true, true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeySettings(501, true, true))
                .withMessageContaining("1 to 500");
    }
}
