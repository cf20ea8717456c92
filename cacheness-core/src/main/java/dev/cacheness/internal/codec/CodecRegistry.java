package dev.cacheness.internal.codec;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.spi.Codec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The codecs of a cache by name, the built-in ones to begin with. Thread-safe. */
public final class CodecRegistry {

    private static final String CODEC_PROPERTY = "cacheness.compression.codec";

    private static final String LEVEL_PROPERTY = "cacheness.compression.level";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,16}");

    private final Map<String, Codec> codecs = Collections.synchronizedMap(new LinkedHashMap<>());

    /** With the built-in codecs {@code zstd}, {@code lz4}, {@code gzip} and {@code none}. */
    public CodecRegistry() {
        register(new ZstdCodec());
        register(new Lz4Codec());
        register(new GzipCodec());
        register(new NoneCodec());
    }

    /**
     * Adds a codec.
     *
     * @throws CacheConfigurationException if the name is taken or not well-formed
     */
    public void register(Codec codec) {
        String name = codec.name();
        if (!NAME.matcher(name).matches()) {
            throw new CacheConfigurationException(
                    "codec " + codec.getClass().getName(),
                    null,
                    "Its name is '" + name + "'.",
                    "Use 1 to 16 lower-case letters or digits.");
        }
        if (codecs.putIfAbsent(name, codec) != null) {
            throw new CacheConfigurationException(
                    "codec " + name, null, "There is a codec of that name already.", "Choose another name.");
        }
    }

    /** The codec of a name, empty if there is none. */
    public Optional<Codec> find(String name) {
        return Optional.ofNullable(codecs.get(name));
    }

    /** The names of all codecs, the built-in ones first. */
    public List<String> names() {
        synchronized (codecs) {
            return List.copyOf(codecs.keySet());
        }
    }

    /**
     * The codec that the configuration asks for.
     *
     * @throws CacheConfigurationException if there is none of that name; names those that there are, and the nearest of them
     */
    public Codec require(String name) {
        return find(name)
                .orElseThrow(() -> new CacheConfigurationException(
                        CODEC_PROPERTY,
                        name,
                        "There is no such codec.",
                        NearestName.suggestion(name, names()) + "Use one of " + String.join(", ", names()) + "."));
    }

    /**
     * The level to compress at.
     *
     * @param level what the configuration asks for, null for the default of the codec
     * @throws CacheConfigurationException if the codec has no such level; names the range
     */
    public int requireLevel(Codec codec, @Nullable Integer level) {
        if (level == null) {
            return codec.defaultLevel();
        }
        if (level < codec.minLevel() || level > codec.maxLevel()) {
            throw new CacheConfigurationException(
                    LEVEL_PROPERTY,
                    level.toString(),
                    "The codec '" + codec.name() + "' has no such level.",
                    codec.minLevel() == codec.maxLevel()
                            ? "It has only level " + codec.minLevel() + "; leave the property out."
                            : "Use " + codec.minLevel() + " to " + codec.maxLevel() + ", or leave the property out for "
                                    + codec.defaultLevel() + ".");
        }
        return level;
    }
}
