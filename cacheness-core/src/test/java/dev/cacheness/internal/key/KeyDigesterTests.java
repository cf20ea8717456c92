package dev.cacheness.internal.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyDigesterTests {

    private final KeyDigester digester = new KeyDigester(new KeySettings(10, true, true));

    private String digest(@Nullable Object value) {
        return digest(CacheKey.of("value", value));
    }

    private String digest(CacheKey<?> key) {
        return digester.digest(key).digest();
    }

    @Test
    void digestIsSha256OfTheCanonicalFormCutTo128Bits() throws Exception {
        var form = new ByteArrayOutputStream();
        form.writeBytes(new byte[] {Tag.VERSION, Tag.KEY, 2});
        form.writeBytes("ns".getBytes(StandardCharsets.UTF_8));
        form.writeBytes(new byte[] {Tag.TEXT, 1, 'a', Tag.INTEGER, 2, 1, 0});
        form.writeBytes(new byte[] {Tag.TEXT, 1, 'b', Tag.TEXT, 1, (byte) 0xC3, (byte) 0xA4});
        form.writeBytes(new byte[] {Tag.END});
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(form.toByteArray());

        DigestedKey digested = digester.digest(CacheKey.in("ns", Map.of("b", "ä", "a", 256)));

        assertThat(digested)
                .isEqualTo(new DigestedKey(HexFormat.of().formatHex(sha256).substring(0, 32), "ns"));
    }

    @Test
    void orderOfParametersDoesNotMatter() {
        assertThat(digest(CacheKey.of("a", 1, "b", 2, "c", 3))).isEqualTo(digest(CacheKey.of("c", 3, "a", 1, "b", 2)));
        assertThat(digest(CacheKey.of("a", 1, "b", 2))).isNotEqualTo(digest(CacheKey.of("a", 2, "b", 1)));
    }

    @Test
    void typeOfTheValueDoesNotMatter() {
        var key = new KeyFixtures.ModelKey("m", "d");

        assertThat(digester.digest(key.as(Integer.class))).isEqualTo(digester.digest(key));
    }

    @Test
    void namespaceMatters() {
        Map<String, Integer> parameters = Map.of("a", 1);

        assertThat(digest(CacheKey.in("x", parameters)))
                .isNotEqualTo(digest(CacheKey.in("y", parameters)))
                .isNotEqualTo(digest(CacheKey.of(parameters)));
        assertThat(digest(new KeyFixtures.PinnedKey("m", "d")))
                .isEqualTo(digest(CacheKey.in("models", Map.of("model", "m", "dataset", "d"))));
    }

    @Test
    void keyByDigestKeepsIt() {
        String digest = "00112233445566778899aabbccddeeff";

        assertThat(digester.digest(CacheKey.ofDigest(digest))).isEqualTo(new DigestedKey(digest, ""));
    }

    @Test
    void integersAreEqualByValue() {
        assertThat(List.of(digest((byte) 1), digest((short) 1), digest(1), digest(1L), digest(BigInteger.ONE)))
                .containsOnly(digest(1));
        for (long value : new long[] {0, 127, 128, -128, -129, 32_767, 32_768, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(digest(value)).isEqualTo(digest(BigInteger.valueOf(value)));
        }
        assertThat(digest(BigInteger.ONE.shiftLeft(64).add(BigInteger.ONE))).isNotEqualTo(digest(1));
    }

    @Test
    void kindsOfNumbersDiffer() {
        assertThat(List.of(digest(1), digest(1.0), digest(BigDecimal.ONE), digest("1"), digest('1'), digest(true)))
                .doesNotHaveDuplicates();
    }

    @Test
    void floatingPointNumbersAreEqualByValue() {
        assertThat(digest(1.5f)).isEqualTo(digest(1.5));
        assertThat(digest(0.1f)).isNotEqualTo(digest(0.1));
        assertThat(digest(-0.0)).isNotEqualTo(digest(0.0)).isEqualTo(digest(-0.0f));
        assertThat(digest(Double.longBitsToDouble(0x7ff8_0000_0000_0001L)))
                .isEqualTo(digest(Double.NaN))
                .isEqualTo(digest(Float.NaN));
    }

    @Test
    void decimalsAreEqualByValue() {
        assertThat(digest(new BigDecimal("1.0"))).isEqualTo(digest(new BigDecimal("1.00")));
        assertThat(digest(new BigDecimal("100"))).isEqualTo(digest(new BigDecimal("1E+2")));
        assertThat(digest(new BigDecimal("0.000"))).isEqualTo(digest(BigDecimal.ZERO));
        assertThat(digest(new BigDecimal("1E+2"))).isNotEqualTo(digest(new BigDecimal("1E+3")));
    }

    @Test
    void listsAreEqualByTheirElements() {
        List<Object> list = Arrays.asList("a", null, 1);

        assertThat(List.of(digest(new ArrayList<>(list)), digest(new LinkedList<>(list)), digest(list)))
                .containsOnly(digest(list));
        assertThat(digest(new ArrayDeque<>(List.of(1, 2)))).isEqualTo(digest(List.of(1, 2)));
        assertThat(digest(List.of(1, 2))).isNotEqualTo(digest(List.of(2, 1)));
        assertThat(digest(Collections.singletonList(null))).isNotEqualTo(digest(List.of()));
    }

    @Test
    void setsAndMapsAreFreeOfOrder() {
        assertThat(digest(new TreeSet<>(Set.of(1, 2, 300)))).isEqualTo(digest(Set.of(300, 2, 1)));
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("b", null);
        map.put("a", 1);

        assertThat(digest(map)).isEqualTo(digest(new TreeMap<>(map)));
        assertThat(digest(Map.of("a", 1, "b", 2))).isNotEqualTo(digest(Map.of("a", 2, "b", 1)));
        assertThat(digest(Set.of(1, 2))).isNotEqualTo(digest(List.of(1, 2)));
    }

    @Test
    void optionalsAreEqualByTheirValues() {
        assertThat(digest(Optional.of(1))).isEqualTo(digest(OptionalInt.of(1))).isEqualTo(digest(OptionalLong.of(1)));
        assertThat(digest(OptionalDouble.of(1))).isEqualTo(digest(Optional.of(1.0f)));
        assertThat(digest(Optional.empty()))
                .isEqualTo(digest(OptionalInt.empty()))
                .isNotEqualTo(digest((Object) null));
        assertThat(digest(Optional.of("a"))).isNotEqualTo(digest("a"));
    }

    @Test
    void arraysAreEqualByKindAndContent() {
        assertThat(digest(new int[] {1, 2})).isEqualTo(digest(new int[] {1, 2}));
        assertThat(digest(new int[] {1, 2})).isNotEqualTo(digest(new long[] {1, 2}));
        assertThat(digest(new int[0])).isNotEqualTo(digest(new byte[0]));
        assertThat(digest(new String[] {"a"}))
                .isEqualTo(digest(new Object[] {"a"}))
                .isNotEqualTo(digest(List.of("a")));
        assertThat(digest(new float[] {Float.intBitsToFloat(0x7fc00001)})).isEqualTo(digest(new float[] {Float.NaN}));
        assertThat(digest(new int[][] {{1}, {2, 3}})).isNotEqualTo(digest(new int[][] {{1, 2}, {3}}));
    }

    @Test
    void everyElementOfALongArrayCounts() {
        int[] array = new int[100_000];
        String zeros = digest(array);

        for (int i : new int[] {0, 2047, 2048, 4095, 99_999}) {
            array[i] = 1;
            assertThat(digest(array)).as("element %s", i).isNotEqualTo(zeros);
            array[i] = 0;
        }
        assertThat(digest(array)).isEqualTo(zeros);
    }

    @Test
    void enumConstantsWithBodiesAreOfTheirEnum() {
        assertThat(digest(KeyFixtures.Colour.GREEN)).isNotEqualTo(digest(KeyFixtures.Colour.RED));
        assertThat(digest(KeyFixtures.Colour.RED)).isNotEqualTo(digest("RED"));
    }

    @Test
    void sameNamedClassesOfDifferentPackagesDiffer() {
        assertThat(digest(new KeyFixtures.Place("a")))
                .isNotEqualTo(digest(new dev.cacheness.internal.key.other.Place("a")));
        assertThat(digest(KeyFixtures.Place.class)).isNotEqualTo(digest(dev.cacheness.internal.key.other.Place.class));
    }

    @Test
    void localesWithTheSameLanguageTagDiffer() {
        Locale former = new Locale("no", "NO", "NY");
        Locale today = new Locale("nn", "NO");

        assertThat(former.toLanguageTag()).isEqualTo(today.toLanguageTag());
        assertThat(digest(former)).isNotEqualTo(digest(today));
    }

    @Test
    void timesInDifferentZonesDiffer() {
        Instant instant = Instant.ofEpochSecond(1_700_000_000);

        assertThat(List.of(
                        digest(instant),
                        digest(Date.from(instant)),
                        digest(instant.atOffset(ZoneOffset.UTC)),
                        digest(instant.atZone(ZoneOffset.UTC)),
                        digest(instant.atOffset(ZoneOffset.ofHours(1)))))
                .doesNotHaveDuplicates();
    }

    @Test
    void objectsCountByTheirFields() {
        String digest = digest(new KeyFixtures.Child(1, "a", 1));

        assertThat(digest(new KeyFixtures.Child(1, "a", 2))).as("transient").isEqualTo(digest);
        assertThat(digest(new KeyFixtures.Child(2, "a", 1))).as("of the parent").isNotEqualTo(digest);
        assertThat(digest(new KeyFixtures.Child(1, "b", 1))).isNotEqualTo(digest);
        assertThat(digest(new KeyFixtures.Base(1))).isNotEqualTo(digest);
    }

    @Test
    void identityDoesNotMatter() {
        var digests = new HashSet<String>();

        for (int i = 0; i < 50; i++) {
            // None of these has a hashCode of its own, so the order of the set is another one each time.
            digests.add(digest(new HashSet<>(List.of(
                    new KeyFixtures.Base(1),
                    new KeyFixtures.Base(2),
                    new KeyFixtures.Base(3),
                    new KeyFixtures.Base(4)))));
        }

        assertThat(digests).hasSize(1);
    }

    @Test
    void laterChangesOfAValueDoNotMatter() {
        var list = new ArrayList<>(List.of(1));
        CacheKey<Object> key = CacheKey.of("list", list);
        DigestedKey before = digester.digest(key);

        list.add(2);

        assertThat(before).isEqualTo(digester.digest(CacheKey.of("list", List.of(1))));
        assertThat(digester.digest(key)).isNotEqualTo(before);
    }

    @Test
    void keyAsParameterCountsAsARecord() {
        CacheKey<Object> inner = CacheKey.of("a", 1);

        assertThat(digest((Object) inner)).isNotEqualTo(digest((Object) CacheKey.of("a", 2)));
    }

    @Test
    void keyWithinTheEvaluationOfAKeyIsNoTrouble() {
        CacheKey<Object> plain = CacheKey.of("b", 2);
        var evaluating = Collections.unmodifiableMap(new TreeMap<>(Map.of("a", new SelfDigesting(digester, plain))));

        assertThat(digest(CacheKey.of(evaluating)))
                .isEqualTo(digest(CacheKey.of("a", new SelfDigesting(digester, plain))));
    }

    /** A record whose accessor asks for a digest while its own is being made. */
    record SelfDigesting(KeyDigester ignored, CacheKey<?> inner) {
        @Override
        public KeyDigester ignored() {
            ignored.digest(inner);
            return new KeyDigester(new KeySettings(1, false, false));
        }
    }
}
