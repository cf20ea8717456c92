package dev.cacheness.internal.json;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.MissReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Values as JSON. Thread-safe. */
public final class JsonFormat {

    /**
     * Writes any value that Jackson can write.
     *
     * @throws IOException as the stream threw it
     * @throws CacheSerializationException if Jackson cannot write the value
     */
    public void write(Object value, OutputStream out) throws IOException {
        try {
            Mappers.MAPPER.writeValue(out, value);
        } catch (JacksonIOException ex) {
            throw ex.getCause();
        } catch (JacksonException | StackOverflowError ex) {
            throw new CacheSerializationException(
                    "A value of " + value.getClass().getName() + " cannot be written as JSON: " + ex.getMessage(), ex);
        }
    }

    /**
     * Reads one value that is all there is.
     *
     * @param exactFractions whether numbers with a fraction become {@code BigDecimal}, where the type leaves it open, and not {@code Double}
     * @throws IOException as the stream threw it
     * @throws CacheSerializationException if there is no JSON, or none for this type
     */
    public Object read(InputStream in, Type type, boolean exactFractions) throws IOException {
        JsonMapper reader = exactFractions ? Mappers.EXACT : Mappers.MAPPER;
        Object value;
        try (JsonParser parser = reader.createParser(in)) {
            if (parser.nextToken() == null) {
                throw new CacheSerializationException("The stored bytes are no JSON: there are none");
            }
            value = reader.readValue(parser, reader.constructType(type));
            if (parser.nextToken() != null) {
                throw new CacheSerializationException("The stored bytes go on where the JSON value ends");
            }
        } catch (JacksonIOException ex) {
            throw ex.getCause();
        } catch (DatabindException | IllegalArgumentException ex) {
            throw new CacheSerializationException(
                    "The stored JSON makes no " + type.getTypeName() + ": " + ex.getMessage(),
                    MissReason.TYPE_CHANGED,
                    ex);
        } catch (JacksonException ex) {
            throw new CacheSerializationException("The stored bytes are no JSON: " + ex.getOriginalMessage(), ex);
        }
        if (value == null) {
            throw new CacheSerializationException("The stored JSON is null", MissReason.TYPE_CHANGED, null);
        }
        return value;
    }

    /** Reads a JSON tree; otherwise as {@link #read}. */
    public Object readTree(InputStream in, boolean exactFractions) throws IOException {
        return read(in, JsonNode.class, exactFractions);
    }

    /** Made when a value is first written or read: loading the classes of Jackson takes a tenth of a second. */
    private static final class Mappers {

        static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(JsonLimits.DEPTH)
                                .maxNumberLength(JsonLimits.NUMBER_LENGTH)
                                .maxStringLength(JsonLimits.STRING_LENGTH)
                                .maxNameLength(JsonLimits.NAME_LENGTH)
                                .build())
                        .streamWriteConstraints(StreamWriteConstraints.builder()
                                .maxNestingDepth(JsonLimits.DEPTH)
                                .build())
                        .build())
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                // A property that was added since has its default; one that is gone may have been renamed, so that is
                // no
                // value of the type.
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // Looked after below, for it is no question of type.
                .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .build();

        static final JsonMapper EXACT = MAPPER.rebuild()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
    }
}
