package dev.cacheness.spi;

import dev.cacheness.Durability;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a backend is opened with.
 *
 * @param directory the directory of the cache; exists, and is marked as a cache's. Of a backend that is elsewhere no file need be in it
 * @param durability what an acknowledged write must survive
 * @param clock the time
 * @param options further settings of the backend by name, as given under {@code cacheness.metadata.options} or {@code cacheness.blob.options}
 */
public record BackendSettings(Path directory, Durability durability, InstantSource clock, Map<String, String> options) {

    public BackendSettings {
        options = Map.copyOf(options);
    }

    /** Leaves out what the options are set to, which may be secret. */
    @Override
    public String toString() {
        return "BackendSettings[directory=" + directory + ", durability=" + durability + ", options=" + options.keySet()
                + "]";
    }
}
