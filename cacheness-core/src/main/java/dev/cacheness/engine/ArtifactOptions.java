package dev.cacheness.engine;

import dev.cacheness.PutOption;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options and attributes that users may give to artifacts. */
final class ArtifactOptions {

    /** Attributes whose name begins so are the store's own. */
    static final String RESERVED = "cacheness.";

    private ArtifactOptions() {}

    /** @throws IllegalArgumentException for what an artifact cannot have */
    static PutSettings of(PutOption... options) {
        for (PutOption option : options) {
            if (option instanceof PutOption.Ttl || option instanceof PutOption.NoExpiry) {
                throw new IllegalArgumentException(
                        "A store of artifacts knows no expiry; leave out ttl(…) and noExpiry(), or use a cache");
            }
        }
        PutSettings settings = PutSettings.of(options);
        refuseReserved(settings.attributes().keySet());
        return settings;
    }

    static Map<String, @Nullable Object> changes(Map<String, ? extends @Nullable Object> changes) {
        Map<String, @Nullable Object> checked = AttributeChanges.check(changes);
        refuseReserved(checked.keySet());
        return checked;
    }

    private static void refuseReserved(Collection<String> names) {
        for (String name : names) {
            if (name.startsWith(RESERVED)) {
                throw new IllegalArgumentException("The attribute '" + name + "' is refused: names that begin with '"
                        + RESERVED + "' are the store's own");
            }
        }
    }
}
