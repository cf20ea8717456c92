package dev.cacheness.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry that was found by its custom metadata.
 *
 * @param values the values of the columns that the selection's table names, in their order and in the form of their {@link CustomKind}
 */
public record CustomMatch(String digest, List<@Nullable Object> values) {}
