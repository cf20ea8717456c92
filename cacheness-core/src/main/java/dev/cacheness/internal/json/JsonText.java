package dev.cacheness.internal.json;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Small maps as JSON text in a column. One value has one text: numbers are written the same way on every JDK, so that texts can be compared.
 * Thread-safe.
 */
public final class JsonText {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build())
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private static final TypeReference<TreeSet<String>> TEXT_SET = new TypeReference<>() {};

    private JsonText() {}

    /** The map as text, null if it is empty. */
    public static @Nullable String of(Map<String, ?> map) {
        return map.isEmpty() ? null : MAPPER.writeValueAsString(map);
    }

    /** The map as text, which may hold maps and lists. */
    public static String ofObject(Map<String, ?> map) {
        return MAPPER.writeValueAsString(map);
    }

    /** A single text, boolean, {@code Long} or {@code Double}, as {@link #of} writes it. */
    public static String ofValue(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** A list of texts. */
    public static String ofAll(Collection<String> texts) {
        return MAPPER.writeValueAsString(texts);
    }

    /**
     * The map of a text, empty for null. Whole numbers are {@code Long}, others {@code Double}.
     *
     * @throws IllegalArgumentException if the text is not a JSON object
     */
    public static Map<String, Object> toValues(@Nullable String text) {
        return text == null ? Map.of() : read(text, VALUES);
    }

    /** As {@link #toValues(String)}, of a text in UTF-8. */
    public static Map<String, Object> toValues(byte[] text, int offset, int length) {
        try {
            return MAPPER.readValue(text, offset, length, VALUES);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Not the expected JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * The map of a text whose values are texts, empty for null.
     *
     * @throws IllegalArgumentException if the text is not a JSON object
     */
    public static Map<String, String> toTexts(@Nullable String text) {
        return text == null ? Map.of() : read(text, TEXTS);
    }

    /**
     * The texts of a list, sorted; empty for null.
     *
     * @throws IllegalArgumentException if the text is not a JSON array of texts
     */
    public static Set<String> toTextSet(@Nullable String text) {
        return text == null ? Set.of() : Collections.unmodifiableSortedSet(read(text, TEXT_SET));
    }

    private static <T> T read(String text, TypeReference<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Not the expected JSON: " + e.getOriginalMessage(), e);
        }
    }
}
