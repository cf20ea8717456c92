package dev.cacheness.spi;

import dev.cacheness.AttributeCondition;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selects rows; all conditions must hold. Prefixes are prefixes, character by character: no character has a special meaning.
 *
 * @param namespace exactly this namespace, null for all
 * @param digestPrefix digests that begin with this, empty for all
 * @param attributes what attributes must be like
 * @param tags tags that must all be there
 * @param aliveAt rows that have not expired by then, null for all
 */
public record EntryFilter(
        @Nullable String namespace,
        String digestPrefix,
        List<AttributeCondition> attributes,
        Set<String> tags,
        @Nullable Instant aliveAt) {

    /** Every row. */
    public static final EntryFilter ALL = new EntryFilter(null, "", List.of(), Set.of(), null);

    /** Every row of a namespace. */
    public static EntryFilter ofNamespace(String namespace) {
        return new EntryFilter(namespace, "", List.of(), Set.of(), null);
    }
}
