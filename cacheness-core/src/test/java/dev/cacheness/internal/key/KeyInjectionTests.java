package dev.cacheness.internal.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Different parameters never have the same digest, however hard they try, and the same ones always have. */
class KeyInjectionTests {

    private final KeyDigester digester = new KeyDigester(new KeySettings(12, false, false));

    private String digest(Object value) {
        return digester.digest(CacheKey.of("value", value)).digest();
    }

    private String digest(Map<String, ? extends @Nullable Object> parameters) {
        return digester.digest(CacheKey.of(parameters)).digest();
    }

    @Test
    void delimitersInTextChangeNothing() {
        assertThat(digest(Map.of("a", "x|b:str:y"))).isNotEqualTo(digest(Map.of("a", "x", "b", "y")));
        assertThat(digest(Map.of("a", "x\u0002\u0001b\u0002\u0001y"))).isNotEqualTo(digest(Map.of("a", "x", "b", "y")));
        assertThat(digest(List.of("p,str:q"))).isNotEqualTo(digest(List.of("p", "q")));
        assertThat(digest(List.of("ab", "c"))).isNotEqualTo(digest(List.of("a", "bc")));
        assertThat(digest(List.of("a\u0000"))).isNotEqualTo(digest(List.of("a", "")));
        assertThat(digest((Object) Map.of("a", Map.of("b", 1))))
                .isNotEqualTo(digest((Object) Map.of("a", "{b=1}")))
                .isNotEqualTo(digest((Object) Map.of("a.b", 1)));
    }

    @Test
    void namespaceCannotImitateParameters() {
        assertThat(digester.digest(CacheKey.in("a\u2028b", Map.of("c", 1))))
                .isNotEqualTo(digester.digest(CacheKey.in("a", Map.of("b", "", "c", 1))));
        assertThat(digester.digest(CacheKey.in("ab", Map.of("c", 1))).digest())
                .isNotEqualTo(digester.digest(CacheKey.in("a", Map.of("bc", 1))).digest());
    }

    @Test
    void parametersMayBeCalledAsOptionsAre() {
        assertThat(List.of(
                        digest(Map.of("data", 1)),
                        digest(Map.of("data", 1, "description", "a")),
                        digest(Map.of("data", 1, "ttl", "a")),
                        digest(Map.of("data", 1, "prefix", "a")),
                        digest(Map.of("data", 1, "metadata", Map.of()))))
                .doesNotHaveDuplicates();
    }

    @Test
    void nestingIsNeverCutOff() {
        Object one = 1;
        Object two = 2;
        for (int i = 0; i < 12; i++) {
            one = List.of(one);
            two = List.of(two);
        }

        assertThat(digest(one)).isNotEqualTo(digest(two));
    }

    @Test
    void elementsCannotMoveBetweenContainers() {
        assertThat(List.of(
                        digest(List.of(List.of(1), List.of(2))),
                        digest(List.of(List.of(1, 2), List.of())),
                        digest(List.of(List.of(1, 2))),
                        digest(List.of(1, List.of(2))),
                        digest(List.of(Optional.of(1), 2)),
                        digest(List.of(Optional.empty(), 1, 2)),
                        digest(Arrays.asList(1, null, 2)),
                        digest(List.of(Set.of(1), Set.of(2))),
                        digest(List.of(Set.of(1, 2), Set.of())),
                        digest((Object) Map.of(1, 2)),
                        digest(new Object[] {1, 2}),
                        digest(new Object[] {new Object[] {1}, 2})))
                .doesNotHaveDuplicates();
    }

    @Test
    void hundredThousandRandomKeysAreTheSameOnlyIfTheirParametersAre() {
        long seed = 20_261_124;
        var random = new Random(seed);
        var known = new HashMap<String, Map<String, @Nullable Object>>();

        for (int i = 0; i < 100_000; i++) {
            Map<String, @Nullable Object> parameters = randomParameters(random);
            Map<String, @Nullable Object> other = known.putIfAbsent(digest(parameters), parameters);
            assertThat(other == null || other.equals(parameters))
                    .as("seed %s, round %s: %s and %s", seed, i, parameters, other)
                    .isTrue();
        }

        assertThat(known).as("seed %s", seed).hasSizeGreaterThan(90_000);
    }

    @Test
    void randomKeysDoNotDependOnOrder() {
        long seed = 4_711;
        var random = new Random(seed);

        for (int i = 0; i < 5_000; i++) {
            Map<String, @Nullable Object> parameters = randomParameters(random);
            var backwards = new LinkedHashMap<String, @Nullable Object>();
            new TreeMap<String, @Nullable Object>(parameters)
                    .descendingMap()
                    .forEach((name, value) -> backwards.put(name, reversed(value)));

            assertThat(digest(backwards))
                    .as("seed %s, round %s: %s", seed, i, parameters)
                    .isEqualTo(digest(parameters));
        }
    }

    @Test
    void threadsAgree() throws Exception {
        long seed = 99;
        List<Map<String, @Nullable Object>> keys = new Random(seed)
                .ints(500)
                .mapToObj(i -> randomParameters(new Random(i)))
                .toList();
        List<String> expected = keys.stream().map(this::digest).toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<List<String>> task = () -> keys.stream().map(this::digest).toList();
            List<Future<List<String>>> results =
                    threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> task).toList());

            for (Future<List<String>> result : results) {
                assertThat(result.get()).as("seed %s", seed).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Map<String, @Nullable Object> randomParameters(Random random) {
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        int count = 1 + random.nextInt(4);
        while (parameters.size() < count) {
            parameters.put("p" + random.nextInt(6), randomValue(random, 3));
        }
        return parameters;
    }

    /** Only values whose equals says the same as the rules of keys do. */
    private static @Nullable Object randomValue(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> random.nextBoolean() ? null : random.nextBoolean();
            case 1 -> random.nextLong() >> random.nextInt(64);
            case 2 -> (double) random.nextInt(1000) / 8;
            case 3, 4 -> randomText(random);
            case 5 -> (char) random.nextInt(200);
            case 6 ->
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> randomValue(random, depth - 1))
                        .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
            case 7 -> {
                var set = new LinkedHashSet<@Nullable Object>();
                IntStream.range(0, random.nextInt(4)).forEach(i -> set.add(randomValue(random, depth - 1)));
                yield set;
            }
            default -> {
                var map = new LinkedHashMap<@Nullable Object, @Nullable Object>();
                IntStream.range(0, random.nextInt(4))
                        .forEach(i -> map.put(randomValue(random, depth - 1), randomValue(random, depth - 1)));
                yield map;
            }
        };
    }

    /** Few different characters, among them those that a canonical form might stumble over, so that texts are alike. */
    private static String randomText(Random random) {
        String characters = "ab|,:\u0000\u0001\u0002ä\uD83D\uDE00";
        var text = new StringBuilder();
        int length = random.nextInt(8);
        for (int i = 0; i < length; i++) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    private static @Nullable Object reversed(@Nullable Object value) {
        if (value instanceof Set<?> set) {
            var reversed = new ArrayDeque<Optional<Object>>();
            set.forEach(element -> reversed.addFirst(Optional.ofNullable(reversed(element))));
            var result = new LinkedHashSet<@Nullable Object>();
            reversed.forEach(element -> result.add(element.orElse(null)));
            return result;
        }
        if (value instanceof Map<?, ?> map) {
            var entries = new ArrayList<Map.Entry<?, ?>>(map.entrySet());
            Collections.reverse(entries);
            var result = new LinkedHashMap<@Nullable Object, @Nullable Object>();
            entries.forEach(entry -> result.put(reversed(entry.getKey()), reversed(entry.getValue())));
            return result;
        }
        return value;
    }
}
