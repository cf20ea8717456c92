package dev.cacheness.internal.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.MissReason;
import dev.cacheness.TypeRef;
import dev.cacheness.contract.HandlerContract;
import dev.cacheness.spi.Handler;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class JsonHandlerTests extends HandlerContract {

    record City(String name, long people, LocalDate founded, Optional<String> mayor) {}

    private final Handler<?> handler = new JsonHandler();

    @Override
    protected Handler<?> handler() {
        return handler;
    }

    @Override
    protected List<?> samples() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("text", "ä\u2028\"\\");
        map.put("", null);
        map.put("numbers", Arrays.asList(0, -1, Integer.MIN_VALUE, 1L << 40, Long.MAX_VALUE, 0.1, -0.0, 1e300, null));
        map.put("large", BigInteger.TWO.pow(90));
        map.put("nested", Map.of("list", List.of(List.of(), Map.of()), "yes", true));
        JsonNode tree = JsonMapper.shared().readTree("{\"a\":[1,2.5,null,{\"b\":\"c\"},12345678901,true],\"d\":{}}");
        return List.of(
                map,
                Map.of(),
                List.of(),
                new HashMap<>(Map.of("a", 1)),
                Collections.unmodifiableMap(new TreeMap<>(Map.of("b", 1, "a", 2))),
                tree,
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.stringNode("text"),
                JsonNodeFactory.instance.nullNode());
    }

    @Override
    protected Object random(Random random) {
        return random.nextBoolean() ? randomMap(random, 4) : randomList(random, 4);
    }

    @Override
    protected Type typeOf(Object value) {
        return value instanceof Map
                ? new TypeRef<Map<String, Object>>() {}.type()
                : value instanceof List ? new TypeRef<List<Object>>() {}.type() : JsonNode.class;
    }

    @Override
    protected void assertSame(Object actual, Object expected) {
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void whatIsStoredIsPlainJson() throws Exception {
        assertThat(write(Map.of("a", List.of(1, 2.5)))).asString().isEqualTo("{\"a\":[1,2.5]}");
        assertThat(write(JsonMapper.shared().readTree("[1]"))).asString().isEqualTo(" [1]");
    }

    @Test
    void whatWouldNotReadBackEqualIsLeftToOthers() {
        List<Object> cyclic = new ArrayList<>();
        cyclic.add(cyclic);

        for (Object value : List.of(
                "text",
                1,
                Map.of(1, "integer key"),
                Map.of("a", 1L),
                Map.of("a", 1f),
                Map.of("a", Double.NaN),
                Map.of("a", LocalDate.EPOCH),
                Map.of("a", new BigDecimal("1.10")),
                Map.of("a", BigInteger.ONE),
                List.of('c'),
                List.of(new int[1]),
                List.of("\ud834"),
                Map.of("\udd1e", 1),
                cyclic)) {
            assertThat(handler.accepts(value)).isFalse();
        }
    }

    @Test
    void mapsAndListsOfOtherPublicClassesAreLeftToOthers() {
        assertThat(handler.accepts(new TreeMap<>(Map.of("a", 1)))).isFalse();
        assertThat(handler.accepts(Collections.unmodifiableSortedMap(new TreeMap<>(Map.of("a", 1)))))
                .isFalse();
        assertThat(handler.accepts(new ConcurrentHashMap<>(Map.of("a", 1)))).isFalse();
        assertThat(handler.accepts(new LinkedList<>(List.of(1)))).isFalse();
        assertThat(handler.accepts(List.of(new TreeMap<>()))).isFalse();
    }

    @Test
    void numbersOfATreeKeepTheirValue() throws Exception {
        ArrayNode tree = JsonNodeFactory.instance.arrayNode();
        tree.add(5L)
                .add(1.5f)
                .add(new BigDecimal("0.12345678901234567890"))
                .add(new BigDecimal("1.10"))
                .add(0.1);

        JsonNode read = (JsonNode) read(write(tree), Object.class);

        assertThat(handler.accepts(tree)).isTrue();
        assertThat(read)
                .map(JsonNode::decimalValue)
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(
                        BigDecimal.valueOf(5),
                        new BigDecimal("1.5"),
                        new BigDecimal("0.12345678901234567890"),
                        new BigDecimal("1.1"),
                        new BigDecimal("0.1"));
    }

    @Test
    void treesThatAreNoJsonAreLeftToOthers() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;

        for (JsonNode tree : List.of(
                nodes.pojoNode(new Object()),
                nodes.binaryNode(new byte[1]),
                nodes.missingNode(),
                nodes.numberNode(Double.NaN),
                nodes.numberNode(new BigDecimal("1e100000")),
                nodes.stringNode("\ud834"),
                nodes.arrayNode().add(nodes.pojoNode(1)))) {
            assertThat(handler.accepts(tree)).as("%s", tree).isFalse();
        }
    }

    @Test
    void anyValueIsWrittenOnDemandAndReadByTheTypeOfTheKey() throws Exception {
        City city = new City("Köln", 1_087_353, LocalDate.of(50, 1, 1), Optional.of("Burmester"));

        byte[] bytes = write(List.of(city));

        assertThat(read(bytes, new TypeRef<List<City>>() {}.type())).isEqualTo(List.of(city));
        assertThat(read(bytes, JsonNode.class)).isInstanceOf(ArrayNode.class);
        assertThat(read(bytes, Object.class))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(1);
    }

    @Test
    void aPropertyThatWasAddedHasItsDefault() throws Exception {
        record Longer(String name, long people, LocalDate founded, Optional<String> mayor, String river, int bridges) {}
        byte[] bytes = write(new City("Köln", 1, LocalDate.EPOCH, Optional.empty()));

        assertThat(read(bytes, Longer.class))
                .isEqualTo(new Longer("Köln", 1, LocalDate.EPOCH, Optional.empty(), null, 0));
    }

    @Test
    void aPropertyThatIsGoneOrRenamedIsAChangedType() throws Exception {
        record Shorter(String name) {}
        record Renamed(String title, long people, LocalDate founded, Optional<String> mayor) {}
        byte[] bytes = write(new City("Köln", 1, LocalDate.EPOCH, Optional.empty()));

        for (Class<?> type : List.of(Shorter.class, Renamed.class)) {
            assertThatExceptionOfType(CacheSerializationException.class)
                    .isThrownBy(() -> read(bytes, type))
                    .satisfies(ex -> assertThat(ex.missReason()).isEqualTo(MissReason.TYPE_CHANGED));
        }
    }

    @Test
    void valuesThatJacksonCannotWriteAreRefusedByName() {
        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> write(Map.of("key", new Object())))
                .withMessageContaining("cannot be written as JSON");
    }

    @Test
    void bytesThatAreNoJsonAreNoQuestionOfType() {
        for (String text : List.of("", "{", "{\"a\":1}}", "[1] 2", "nul", "\u0000")) {
            assertThatExceptionOfType(CacheSerializationException.class)
                    .as(text)
                    .isThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8), Object.class))
                    .satisfies(ex -> assertThat(ex.missReason()).isNull());
        }
    }

    @Test
    void depthAndLengthAreBounded() {
        for (String text : List.of("[".repeat(100_000), "9".repeat(2_000), "{\"a\":".repeat(1_000))) {
            assertThatExceptionOfType(CacheSerializationException.class)
                    .isThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8), Object.class));
        }
    }

    @Test
    void whatIsTooDeepIsNotWritten() {
        List<Object> deep = List.of();
        ArrayNode tree = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 600; i++) {
            deep = List.of(deep);
            tree = JsonNodeFactory.instance.arrayNode().add(tree);
        }
        Object list = deep;

        assertThat(handler.accepts(list)).isFalse();
        assertThat(handler.accepts(tree)).isFalse();
        assertThatExceptionOfType(CacheSerializationException.class).isThrownBy(() -> write(list));
    }

    @Test
    void anotherShapeThanTheKeySaysIsAChangedType() throws Exception {
        byte[] list = write(List.of(1));

        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> read(list, City.class))
                .satisfies(ex -> assertThat(ex.missReason()).isEqualTo(MissReason.TYPE_CHANGED));
        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> read(list, ObjectNode.class))
                .satisfies(ex -> assertThat(ex.missReason()).isEqualTo(MissReason.TYPE_CHANGED));
    }

    private static Map<String, Object> randomMap(Random random, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            map.put("key" + random.nextInt(100), randomValue(random, depth));
        }
        return map;
    }

    private static List<Object> randomList(Random random, int depth) {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            list.add(randomValue(random, depth));
        }
        return list;
    }

    private static Object randomValue(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> (1L << 40) + random.nextInt();
            case 4 -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
            case 5 -> "text" + random.nextInt();
            case 6 -> BigInteger.ONE.shiftLeft(64 + random.nextInt(100));
            case 7 -> randomMap(random, depth - 1);
            default -> randomList(random, depth - 1);
        };
    }
}
