package dev.cacheness.spi;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selects rows; all conditions must hold. Prefixes are prefixes, character by character: no character has a special meaning.
 *
 * @param namespace exactly this namespace, null for all
 * @param digestPrefix digests that begin with this, empty for all
 * @param attributes attributes that must be there with exactly these values; text, boolean, whole number ({@code Long}) or {@code Double}
 * @param tags tags that must all be there
 * @param aliveAt rows that have not expired by then, null for all
 */
public record EntryFilter(
        @Nullable String namespace,
        String digestPrefix,
        Map<String, Object> attributes,
        Set<String> tags,
        @Nullable Instant aliveAt) {

    /** Every row. */
    public static final EntryFilter ALL = new EntryFilter(null, "", Map.of(), Set.of(), null);

    /** Every row of a namespace. */
    public static EntryFilter ofNamespace(String namespace) {
        return new EntryFilter(namespace, "", Map.of(), Set.of(), null);
    }
}
