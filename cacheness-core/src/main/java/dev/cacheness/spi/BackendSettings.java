package dev.cacheness.spi;

import dev.cacheness.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a backend is opened with.
 *
 * @param directory the directory of the cache; exists, and is marked as a cache's. Of a backend that is elsewhere no file need be in it
 * @param durability what an acknowledged write must survive
 * @param clock the time
 * @param readTimeout how long a caller waits for the answer to a single look-up ({@link MetadataBackend#find}, for example) before it goes on without;
 *     a backend whose calls can hang gives up by then with the exception that stands for a failure
 * @param options further settings of the backend by name, as given under {@code cacheness.metadata.options} or {@code cacheness.blob.options}
 */
public record BackendSettings(
        Path directory, Durability durability, InstantSource clock, Duration readTimeout, Map<String, String> options) {

    /** How long a look-up may take if nothing else is said. */
    public static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(2);

    public BackendSettings {
        options = Map.copyOf(options);
    }

    /** With the default for look-ups. */
    public BackendSettings(Path directory, Durability durability, InstantSource clock, Map<String, String> options) {
        this(directory, durability, clock, DEFAULT_READ_TIMEOUT, options);
    }

    /** Leaves out what the options are set to, which may be secret. */
    @Override
    public String toString() {
        return "BackendSettings[directory=" + directory + ", durability=" + durability
                + ", readTimeout=" + readTimeout + ", options=" + options.keySet()
                + "]";
    }
}
