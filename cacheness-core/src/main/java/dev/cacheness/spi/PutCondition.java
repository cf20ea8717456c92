package dev.cacheness.spi;

import java.time.Instant;

/** When a row may be stored. Checked in the same transaction that stores it. */
public sealed interface PutCondition {

    /** Whatever is there. */
    record Always() implements PutCondition {}

    /** Only if there is no row, or one that has expired by then. */
    record IfAbsent(Instant now) implements PutCondition {}

    /** Only if there is a row that has not expired by then. */
    record IfPresent(Instant now) implements PutCondition {}

    /** Only if {@link MetadataBackend#invalidations} still gives the same number. */
    record IfNotInvalidated(long invalidations) implements PutCondition {}

    /** Only if there is a row, expired or not, and it is of this generation. */
    record IfGeneration(String generation) implements PutCondition {}

    /** Whatever is there. */
    PutCondition ALWAYS = new Always();
}
