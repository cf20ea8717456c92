package dev.cacheness.internal.transfer;

import dev.cacheness.EntryMetadata;
import dev.cacheness.spi.CustomRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry without its value.
 *
 * @param metadata its sizes and codec are those of where it comes from
 * @param custom its custom metadata
 */
public record TravellingEntry(
        EntryMetadata metadata,
        int handlerVersion,
        @Nullable String typeFingerprint,
        List<CustomRow> custom) {

    public TravellingEntry {
        custom = List.copyOf(custom);
    }
}
